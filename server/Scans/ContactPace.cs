using System.Net;
using OpenStage.Server.ContactMe;
using OpenStage.Server.Devices;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Scans;

/// <summary>
/// Keeps a minute between two contact-me to one address: more may crash old phones (field). Those of the server's jobs
/// count, and they wait for those of a scan in turn.
/// </summary>
internal sealed class ContactPace(Database database, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, DateTimeOffset> sent = [];
    private ILookup<IPAddress, string> phones = Enumerable.Empty<string>().ToLookup(static _ => IPAddress.None);

    /// <summary>Takes note of the phones that are known by now.</summary>
    public void Refresh()
    {
        var now = time.GetUtcNow();
        var known = database.Read(session => session.Devices(new DeviceFilter()));
        lock (gate)
        {
            foreach (var old in sent.Where(entry => entry.Value + Pause <= now).Select(entry => entry.Key).ToList())
                sent.Remove(old);
            phones = known.Select(device => (Address: ContactAddress.Literal(device), device.Mac)).Where(phone => phone.Address is not null)
                .ToLookup(phone => phone.Address!, phone => phone.Mac);
        }
    }

    /// <summary>Takes the turn to contact an address now.</summary>
    /// <returns>Null when it may be contacted; else when to ask again.</returns>
    public DateTimeOffset? Take(IPAddress address)
    {
        var now = time.GetUtcNow();
        List<string> here;
        lock (gate)
        {
            if (sent.TryGetValue(address, out var last) && last + Pause > now)
                return last + Pause;
            here = [.. phones[address]];
        }

        if (here.Count > 0 && database.Read(session => here.Max(mac => session.Device(mac)?.LastContact)) is { } latest && latest + Pause > now)
            return latest + Pause;
        foreach (var mac in here)
        {
            if (database.Write(mac, session => Take(session, mac, now)) is { } later)
                return later;
        }

        lock (gate)
            sent[address] = now;
        return null;
    }

    /// <summary>Has the phone's own jobs wait, unless one of them was faster.</summary>
    private static DateTimeOffset? Take(StoreSession session, string mac, DateTimeOffset now)
    {
        if (session.Device(mac) is not { } device)
            return null;
        if (device.LastContact is { } contact && contact + Pause > now)
            return contact + Pause;
        session.Save(device with { LastContact = now });
        return null;
    }
}
