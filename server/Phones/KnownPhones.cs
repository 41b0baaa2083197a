using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;
using OpenStage.Server.PhoneEndpoint;

namespace OpenStage.Server.Phones;

/// <summary>All phones by their MAC addresses: those that users have, and those that have called.</summary>
internal sealed class KnownPhones(PhoneParts parts, PhoneProvisioning provisioning)
{
    private const string Vendor = "Unify";

    /// <summary>All phones in order of their MAC addresses.</summary>
    public IReadOnlyList<KnownPhoneView> List(PhoneReader reader) => parts.Database.Read(session =>
    {
        var phones = session.UserPhones().ToDictionary(phone => phone.Mac);
        var devices = session.Devices(new DeviceFilter()).ToDictionary(device => device.Mac);
        var users = session.PhoneUsers(null, 0, int.MaxValue).ToDictionary(user => user.Id);
        return phones.Keys.Union(devices.Keys).Order(StringComparer.Ordinal).Select(mac =>
        {
            var phone = phones.GetValueOrDefault(mac);
            return View(mac, phone, phone is null ? null : users.GetValueOrDefault(phone.UserId), devices.GetValueOrDefault(mac), reader);
        }).ToList();
    });

    /// <exception cref="RequestException">No phone of this MAC address is known.</exception>
    public KnownPhoneView Show(string mac, PhoneReader reader) => parts.Database.Read(session =>
    {
        var phone = session.UserPhoneByMac(mac);
        var device = session.Device(mac);
        if (phone is null && device is null)
            throw NoPhone(mac);
        return View(mac, phone, phone is null ? null : session.PhoneUser(phone.UserId), device, reader);
    });

    public AssigneeView Assignee(string mac) => parts.Database.Read(session =>
        session.UserPhoneByMac(mac) is { } phone && session.PhoneUser(phone.UserId) is { } user
            ? new AssigneeView(mac, user.ExtensionNumber, phone.Vendor, phone.Model)
            : throw NoUserOf(mac));

    public void Reprovision(string mac, string by)
    {
        if (!provisioning.Reprovision(mac, by))
            throw NoUserOf(mac);
    }

    public void ReprovisionAll(string by)
    {
        foreach (var phone in parts.Database.Read(session => session.UserPhones()))
            provisioning.Reprovision(phone.Mac, by);
    }

    /// <summary>Makes a Restart job, unless one is under way.</summary>
    public void Reboot(string mac, string by)
    {
        provisioning.Announce(parts.Database.Write(mac, session =>
        {
            if (session.Device(mac) is null && session.UserPhoneByMac(mac) is null)
                throw NoPhone(mac);
            return session.OpenJobs(mac).Any(job => job.Kind == JobKind.Restart)
                ? null
                : parts.Jobs.Create(session, new JobRequest { Mac = mac, Kind = JobKind.Restart, CreatedBy = by });
        }));
    }

    /// <summary>Refuses a phone that no user has: its jobs and its interaction end, and its messages find no ear any more.</summary>
    public void Reject(string mac)
    {
        var effects = new StoredEffects();
        var now = parts.Time.GetUtcNow();
        parts.Database.Write(mac, session =>
        {
            if (session.UserPhoneByMac(mac) is not null)
                throw RequestException.Conflict("mac", mac, "a phone that no user has; destroy it at its user first");
            if (session.Device(mac) is null)
                throw NoPhone(mac);
            if (session.InteractionOf(mac) is { Ended: false } open)
            {
                var step = Interaction.BreakOff(open, parts.Engine.Input(session, mac, "", PhoneCaller.Nobody), "the phone was rejected");
                effects.Apply(session, step.State, step.Effects, now);
            }

            foreach (var job in session.OpenJobs(mac))
                effects.Save(session, job.To(JobState.Cancelled, now, "cancelled, because the phone was rejected"));
            session.Save(session.Device(mac)! with { Rejected = true });
            return true;
        });
        effects.Publish(parts.Jobs);
    }

    private static KnownPhoneView View(string mac, UserPhone? phone, PhoneUser? user, Device? device, PhoneReader reader) => new()
    {
        ExtensionNumber = user?.ExtensionNumber,
        Vendor = phone?.Vendor ?? Vendor,
        Model = phone?.Model ?? device?.Model ?? "",
        Fwver = device?.Firmware,
        Name = user?.Name,
        Password = PhoneView.Secret(phone?.Password, reader.SeesSecrets),
        Ip = device?.Address,
        Mac = mac,
        Status = (phone, device) switch
        {
            (not null, null) => KnownPhoneStatus.Expected,
            (not null, not null) => KnownPhoneStatus.Assigned,
            (null, { Rejected: true }) => KnownPhoneStatus.Rejected,
            _ => KnownPhoneStatus.Discovered,
        },
    };

    private static RequestException NoPhone(string mac) => RequestException.NotFound("mac", mac, "the MAC address of a phone in /api/phones");

    private static RequestException NoUserOf(string mac) => RequestException.NotFound("mac", mac, "the MAC address of a phone that a user has");
}
