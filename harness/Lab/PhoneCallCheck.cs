using OpenStage.Server.Scans;

namespace OpenStage.Harness.Lab;

/// <summary>
/// Has physical phones call, which is the one sure way to see that no firewall is between: contact-me goes to the phone,
/// and the phone's call comes to the lab (WPI guide p.14).
/// </summary>
public static class PhoneCallCheck
{
    /// <summary>One check a physical phone whose address the lab file has; up to a minute each.</summary>
    /// <param name="pass">Waits a little: by the clock of the server.</param>
    public static async Task<IReadOnlyList<LabCheck>> ExamineAsync(LabFile lab, TimeProvider time, Func<TimeSpan, Task> pass, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(lab);
        var checks = new List<LabCheck>();
        foreach (var phone in lab.Phones.Where(phone => phone is { Kind: PhoneKind.Physical, Address: not null }))
        {
            var (details, _) = await PhoneDiscovery.ScanAsync(phone.Address!, lab.Server, time, pass, known => known.Found.Any(hit => hit.Phones.Count > 0), cancellation);
            checks.Add(Judge(phone, lab.Server, details.Found is [var hit, ..] ? hit : null));
        }

        return checks;
    }

    private static LabCheck Judge(LabPhone phone, LabServer server, ScanHit? hit)
    {
        var name = $"firewall, {phone.Id}";
        var port = server.PhonePort == 0 ? "the port for phones (give it a fixed one: phonePort)" : $"TCP port {server.PhonePort}";
        return hit switch
        {
            { Phones: [var first, ..] } when hit.Phones.Any(call => call.Mac == phone.Mac) => new LabCheck(name, true, $"{phone.Address} was asked to call, and called", ""),
            { Phones: [var other, ..] } => new LabCheck(name, false, $"{other.Mac} called from {phone.Address}, not {phone.Mac}", "Correct mac or address of this phone in the lab file."),
            { Status: 204 } => new LabCheck(name, false, $"{phone.Address} took the request to call and did not call within a minute",
                $"Let {port} of {server.Advertised ?? server.Address} in on this machine's firewall and on those between. A phone that called within its contact gap, five minutes unless changed, ignores the request: wait that long and try again."),
            { Status: { } status } => new LabCheck(name, false, $"{phone.Address} answered the request to call with {status}, not 204", "See whether that is the address of a phone."),
            _ => new LabCheck(name, false, $"{phone.Address} could not be asked to call",
                "See whether the phone is on, whether the address is its own, and whether firewalls between let TCP port 8085 of it through."),
        };
    }
}
