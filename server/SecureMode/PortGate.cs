using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;
using OpenStage.Server.PhoneEndpoint;
using OpenStage.Server.Storage;

namespace OpenStage.Server.SecureMode;

/// <summary>
/// Which messages are taken on which port: those of a phone in Secure Mode on the secure port alone, there only those
/// of the phone that its certificate is for, and none of an interaction that began on the other port or with another
/// certificate (WPI guide p.62-68).
/// </summary>
internal static class PortGate
{
    /// <param name="mac">The phone that the message is of by its session, or null when only its items tell.</param>
    /// <returns>Why the message is refused, or null when it is taken.</returns>
    public static Observation? Refusal(StoreSession session, WorkpointMessage message, string? mac, PhoneCaller caller)
    {
        if (!caller.IsSecure)
        {
            return (mac ?? Told(message).FirstOrDefault()) is { } phone && session.Device(phone)?.SecureMode is { MayReturn: false }
                ? new Observation("default-port-closed", "the secure port, as the phone is in Secure Mode", "the default port", 65)
                : null;
        }

        if (Told(message).Append(mac ?? caller.Mac).FirstOrDefault(told => told != caller.Mac) is { } other)
            return new Observation("secure-port-other-phone", $"messages of {caller.Mac}, as the client certificate says", $"one of {other}", 62);
        if (session.ClientCertificate(caller.Thumbprint) is not { Revoked: null })
            return new Observation("client-certificate", "a client certificate that is not revoked", "one that was revoked meanwhile", 62);
        return IsAwaited(session, caller)
            ? null
            : new Observation("secure-port-unexpected", "the certificate of a phone that is in Secure Mode, or on its way there", "another one", 65);
    }

    /// <summary>True when a message of an interaction comes over another port, or with another certificate, than the interaction began.</summary>
    public static bool IsElsewhere(InteractionState interaction, PhoneCaller caller) => interaction.ClientThumbprint != caller.Thumbprint;

    /// <summary>
    /// A phone whose TAN was wrong, or whose job was cancelled, has a certificate but was never let in: it shall not get
    /// in by calling once more.
    /// </summary>
    private static bool IsAwaited(StoreSession session, PhoneCaller caller) =>
        session.Device(caller.Mac)?.SecureMode?.Thumbprint == caller.Thumbprint
        || session.OpenJobs(caller.Mac).Any(job => job.Kind == JobKind.SecureMode && job.Bootstrapping?.Thumbprint == caller.Thumbprint);

    /// <summary>The MAC addresses that a message tells, usually one; a refused item tells none (p.78).</summary>
    private static IEnumerable<string> Told(WorkpointMessage message)
    {
        foreach (var item in message.Items ?? [])
        {
            if (item.Name == "mac-addr" && item.Status == ItemStatus.None && MacAddress.TryNormalise(item.Value, out var mac))
                yield return mac;
        }
    }
}
