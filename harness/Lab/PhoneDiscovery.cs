using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Firmware;
using OpenStage.Server;
using OpenStage.Server.Devices;
using OpenStage.Server.Scans;

namespace OpenStage.Harness.Lab;

/// <summary>Finds phones in a range of addresses: has each called by contact-me, and sees which call (WPI guide p.14).</summary>
public static class PhoneDiscovery
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The range as network or as two addresses.</summary>
    /// <exception cref="FormatException">It is neither; the message says what is allowed.</exception>
    internal static NewScan Range(string range)
    {
        var ends = range.Split('-', 2, StringSplitOptions.TrimEntries);
        if (ends.Length == 2 && IPAddress.TryParse(ends[0], out _) && IPAddress.TryParse(ends[1], out _))
            return new NewScan(ends[0], ends[1], null, null, null);
        if (IPNetwork.TryParse(range, out _))
            return new NewScan(null, null, range, null, null);
        if (IPAddress.TryParse(range, out _))
            return new NewScan(range, range, null, null, null);
        throw new FormatException($"range '{range}' is not allowed; allowed is a network such as 10.1.2.0/24, two addresses such as 10.1.2.1-10.1.2.50, or one address.");
    }

    /// <summary>Contacts every address; about as long as there are addresses at ten a second, and a minute.</summary>
    /// <param name="pass">Waits a little: by the clock of the server.</param>
    /// <exception cref="FormatException">The range is not allowed.</exception>
    /// <exception cref="LabErrorException">The port for phones is in use.</exception>
    public static async Task<IReadOnlyList<LabPhone>> FindAsync(
        string range, LabServer where, TimeProvider time, Func<TimeSpan, Task> pass, CancellationToken cancellation)
    {
        var (details, devices) = await ScanAsync(range, where, time, pass, isEnough: _ => false, cancellation);
        return [.. details.Found.SelectMany(hit => hit.Phones.Select(call => (hit.Address, Device: devices[call.Mac])))
            .Where(found => found.Device is not null)
            .Select((found, index) => Phone(found.Device!.Mac, found.Device.Model, found.Device.Firmware, found.Address, index))];
    }

    /// <summary>Contacts every address of a range until all had their time, or what is known is enough.</summary>
    /// <returns>What came of it, and the phones that called by their MAC addresses.</returns>
    internal static async Task<(ScanDetails Details, IReadOnlyDictionary<string, Device?> Devices)> ScanAsync(
        string range, LabServer where, TimeProvider time, Func<TimeSpan, Task> pass, Predicate<ScanDetails> isEnough, CancellationToken cancellation)
    {
        var asked = Range(range);
        var folder = Directory.CreateTempSubdirectory("openstage-discover-").FullName;
        try
        {
            await using var server = await StartAsync(where, folder, time, cancellation);
            var scan = server.Scanner.Start(asked);
            while (!scan.IsOver && !isEnough(scan.Details()))
            {
                cancellation.ThrowIfCancellationRequested();
                await pass(TimeSpan.FromSeconds(1));
            }

            var details = scan.Details();
            return (details, details.Found.SelectMany(hit => hit.Phones).Select(call => call.Mac).Distinct().ToDictionary(mac => mac, server.Devices.Get));
        }
        catch (RequestException refused)
        {
            throw new FormatException($"range '{range}' is not allowed: {refused.Message}", refused);
        }
        finally
        {
            Delete(folder);
        }
    }

    /// <summary>A lab file of phones that nobody has given a consent for yet.</summary>
    public static string Write(IReadOnlyList<LabPhone> phones, LabServer server) => JsonSerializer.Serialize(
        new Dictionary<string, object>
        {
            ["$schema"] = "lab.schema.json",
            ["title"] = "Phones that 'lab discover' found",
            ["patienceSeconds"] = 120,
            ["server"] = new { address = server.Address, phonePort = server.PhonePort },
            ["phones"] = phones.Select(phone => new
            {
                id = phone.Id,
                kind = "physical",
                mac = phone.Mac,
                model = phone.Model,
                address = phone.Address,
                firmwareAllowed = phone.FirmwareAllowed,
                owner = phone.Owner,
                consent = new { },
            }),
        },
        Written) + "\n";

    private static LabPhone Phone(string mac, string model, string firmware, string address, int index) => new()
    {
        Id = $"phone{index + 1}",
        Kind = PhoneKind.Physical,
        Mac = mac,
        Model = model.Length > 0 ? model : "unknown",
        Address = address,
        FirmwareAllowed = FirmwareVersion.TryParse(firmware, out _) ? [firmware] : [],
        Owner = "unknown",
        Consent = Consent.None,
    };

    private static async Task<ProvisioningServer> StartAsync(LabServer where, string folder, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            return await ProvisioningServer.StartAsync(
                new ServerOptions
                {
                    DataFolder = folder,
                    ListenAddress = IPAddress.Parse(where.Address),
                    AdvertisedAddress = where.Advertised,
                    PhonePort = where.PhonePort,
                    SecurePort = null,
                    AdminPort = 0,
                },
                time, loggers: null, [], cancellation);
        }
        catch (IOException broken)
        {
            throw new LabErrorException($"The server cannot listen on {where.Address}, port {where.PhonePort}: {broken.Message} Free the port, or give another one (0 for any).", broken);
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A virus scanner may still hold a file; the folder is the system's temporary one.
        }
    }
}
