using System.Globalization;
using System.Security.Cryptography;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.SecureMode;

namespace OpenStage.Simulator.Machine;

/// <summary>From Default to Secure Mode, with and without PIN (WPI guide p.62-68).</summary>
internal sealed partial class Phone
{
    /// <summary>Port of Secure Mode when dls-secure-port was never written (p.12).</summary>
    private const int SecurePort = 18444;

    /// <summary>Entries of a PIN when max-pin-retries does not say. INFERRED from the guide's example, p.67.</summary>
    private const int DefaultPinRetries = 3;

    private SecureModeData? bootstrapping;
    private string packedData = "";
    private int pinTriesLeft;

    /// <summary>True while the phone asks for a PIN.</summary>
    public bool PinWanted => packedData.Length > 0 && session is null;

    public bool InSecureMode => memory.SecureMode is not null;

    /// <summary>Where the phone calls: in Secure Mode on that port alone (p.64).</summary>
    private Uri Service => memory.SecureMode is { } secure && !Behaviour.CallsDefaultPort ? new UriBuilder(identity.Server) { Port = secure.Port }.Uri : identity.Server;

    /// <summary>Takes goto-secure-mode and what comes with it; the change itself waits for CleanUp.</summary>
    /// <returns>The items that it cannot use.</returns>
    private IReadOnlyList<Item> Bootstrap(IReadOnlyList<Item> items)
    {
        if (items.Find("goto-secure-mode") is not { } mode)
            return [];
        try
        {
            if (mode.Value.Trim() == "pin" && !Behaviour.KnowsNoPin)
            {
                packedData = Wanted(items, "secure-mode-data").Value.Trim();
                pinTriesLeft = Math.Max(1, Number("max-pin-retries", DefaultPinRetries));
                return [];
            }

            var data = new SecureModeData
            {
                ClientCertificate = Wanted(items, "dls-client-certificate").Value.Trim(),
                Authorities = [.. items.Where(item => item.Name == "dls-server-ca").Select(item => item.Value)],
                Port = Number("dls-secure-port", SecurePort),
            };
            data.Check();
            bootstrapping = data;
            return [];
        }
        catch (CryptographicException wrong)
        {
            Observe("secure-mode-data", "client certificate with key, authorities and port", wrong.Message, 64);
            return [new Item("goto-secure-mode") { Status = ItemStatus.Failed }];
        }
    }

    private static Item Wanted(IReadOnlyList<Item> items, string name) =>
        items.Find(name) ?? throw new CryptographicException($"{name} is missing.");

    private int Number(string name, int otherwise) =>
        int.TryParse(memory.Read(new ItemKey(name)), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : otherwise;

    private void EnterSecureMode(SecureModeData data)
    {
        bootstrapping = null;
        packedData = "";
        if (Behaviour.StaysInDefaultMode)
            return;
        memory.SecureMode = data;
        Do(new PhoneEffect.Trust(Behaviour.ShowsNoCertificate ? null : data));
        Contact(new PendingContact(ContactReason.StartUp));
    }

    private void EnterPin(string pin)
    {
        if (SecureModeData.TrySplit(pin, out var password, out var tan) && SecureModeData.TryUnpack(packedData, password, out var data) && IsUsable(data))
        {
            memory.Write(new Item("bootstrapping-tan", Behaviour.SendsWrongTan ? "000" : tan));
            EnterSecureMode(data);
            return;
        }

        if (--pinTriesLeft > 0)
            return;
        // WPI guide p.83.
        packedData = "";
        Contact(new PendingContact(ContactReason.CleanUp, Extra: [new Item("cleanup-reason", "password retries exceeded")]));
    }

    private bool IsUsable(SecureModeData data)
    {
        try
        {
            data.Check();
            return true;
        }
        catch (CryptographicException wrong)
        {
            Observe("secure-mode-data", "client certificate with key, authorities and port", wrong.Message, 65);
            return false;
        }
    }
}
