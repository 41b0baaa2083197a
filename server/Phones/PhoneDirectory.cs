using System.Buffers.Text;
using System.Security.Cryptography;
using OpenStage.Server.Devices;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Phones;

/// <summary>The phones of users.</summary>
internal sealed class PhoneDirectory(PhoneParts parts, PhoneProvisioning provisioning)
{
    /// <summary>An identifier that tells nothing: 12 characters of base64url.</summary>
    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9));

    /// <summary>The phones of a user in order of their MAC addresses.</summary>
    /// <exception cref="RequestException">There is no such user.</exception>
    public IReadOnlyList<PhoneView> List(string user, PhoneReader reader) => parts.Database.Read(session =>
    {
        if (session.PhoneUser(user) is null)
            throw NoUser(user);
        var profiles = new ProfileSource(session);
        return session.UserPhones(user).Select(phone => View(session, phone, profiles, reader)).ToList();
    });

    public PhoneView Show(string user, string id, PhoneReader reader) => parts.Database.Read(session =>
        View(session, Find(session, user, id), new ProfileSource(session), reader));

    /// <summary>Gives a user a phone.</summary>
    /// <returns>Its identifier.</returns>
    /// <exception cref="RequestException">A value is not allowed, the user is not there, or another phone has the MAC address.</exception>
    public string Create(string user, BodyValues body, string by)
    {
        if (!MacAddress.TryNormalise(body.Given("mac"), out var mac))
            throw new RequestException("mac", body.Given("mac"), "a MAC address such as 00:1A:E8:00:00:01");
        CheckRedirect(body);
        var blank = new UserPhone { Id = "", UserId = user, Mac = mac, Filename = body.Given("filename"), Vendor = body.Given("vendor"), Model = body.Given("model") };
        var phone = PhoneBodies.Apply(blank, body) with { Id = NewId() };
        var job = parts.Database.Write(mac, session =>
        {
            var owner = session.HoldPhoneUser(user) ?? throw NoUser(user);
            if (session.UserPhoneByMac(mac) is not null)
                throw RequestException.Conflict("mac", mac, "a MAC address that no phone of a user has");
            session.HoldPhoneTemplate(phone.Filename);
            var profile = new ProfileSource(session).Find(phone.Filename)
                ?? throw new RequestException("filename", phone.Filename, "the name of a template in /api/templates/phones");
            PhoneCheck.Check(blank, phone, profile);
            // Whom a user is given is not refused any longer.
            if (session.Device(mac) is { Rejected: true } rejected)
                session.Save(rejected with { Rejected = false });
            return provisioning.Provision(session, phone, owner, by);
        });
        provisioning.Announce(job);
        return phone.Id;
    }

    /// <summary>Changes what a body brought; the rest stays.</summary>
    public void Update(string user, string id, BodyValues body, string by)
    {
        CheckRedirect(body);
        var mac = parts.Database.Read(session => Find(session, user, id)).Mac;
        var job = parts.Database.Write(mac, session =>
        {
            var owner = session.HoldPhoneUser(user) ?? throw NoUser(user);
            var before = Find(session, user, id);
            session.HoldPhoneTemplate(before.Filename);
            var after = PhoneBodies.Apply(before, body);
            PhoneCheck.Check(before, after, new ProfileSource(session).Of(before));
            return provisioning.Provision(session, after, owner, by);
        });
        provisioning.Announce(job);
    }

    /// <summary>Takes a phone from its user.</summary>
    public void Destroy(string user, string id, string by)
    {
        var mac = parts.Database.Read(session => Find(session, user, id)).Mac;
        provisioning.Announce(parts.Database.Write(mac, session => provisioning.Release(session, Find(session, user, id), by)));
    }

    private PhoneView View(StoreSession session, UserPhone phone, ProfileSource profiles, PhoneReader reader)
    {
        var profile = profiles.Of(phone);
        var view = PhoneView.Of(phone, profile, reader.SeesSecrets) with
        {
            Url = provisioning.Url,
            RpsStatus = session.Redirect(phone.Mac)?.State ?? RedirectState.None,
        };
        return reader.WantsFirmware ? view with { Fwver = session.Device(phone.Mac)?.Firmware ?? "" } : view;
    }

    private void CheckRedirect(BodyValues body)
    {
        if (body.Flag("rps") == true && parts.Options.RedirectService is null)
            throw new RequestException("rps", "true", "false, because the server's setting RedirectService is not set");
    }

    private static UserPhone Find(StoreSession session, string user, string id)
    {
        if (session.PhoneUser(user) is null)
            throw NoUser(user);
        return session.UserPhone(id) is { } phone && phone.UserId == user
            ? phone
            : throw RequestException.NotFound("phone_id", id, "the id of a phone of this user");
    }

    private static RequestException NoUser(string id) => RequestException.NotFound("id", id, "the id of a user in /api/users");
}
