using System.Collections.Frozen;
using OpenStage.Server.Devices;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Phones;

/// <summary>Those who have phones.</summary>
public sealed class PhoneUsers
{
    private readonly Database database;
    private readonly PhoneProvisioning provisioning;

    internal PhoneUsers(Database database, PhoneProvisioning provisioning)
    {
        this.database = database;
        this.provisioning = provisioning;
    }

    /// <summary>What templates can say of a phone's user: user.name, user.extension, user.email; empty when nobody has the phone.</summary>
    /// <param name="mac">MAC address in any form.</param>
    public IReadOnlyDictionary<string, string> DataOf(string mac) => MacAddress.TryNormalise(mac, out var normal)
        ? database.Read(session => DataOf(session, normal)).ToDictionary(pair => $"user.{pair.Key}", pair => pair.Value)
        : FrozenDictionary<string, string>.Empty;

    /// <summary>The same by the names behind <c>user.</c>, within a transaction.</summary>
    /// <param name="mac">MAC address in normal form.</param>
    internal static IReadOnlyDictionary<string, string> DataOf(StoreSession session, string mac)
    {
        if (session.UserPhoneByMac(mac) is not { } phone || session.PhoneUser(phone.UserId) is not { } user)
            return FrozenDictionary<string, string>.Empty;
        var data = new Dictionary<string, string> { ["name"] = user.Name, ["extension"] = user.ExtensionNumber };
        if (user.Email is { } email)
            data.Add("email", email);
        return data;
    }

    /// <summary>Users in order of their extensions.</summary>
    internal UserListView List(string? search, int skip, int top, PhoneReader reader) => database.Read(session => new UserListView(
        session.CountPhoneUsers(search), [.. session.PhoneUsers(search, skip, top).Select(user => UserView.Of(user, reader.SeesSecrets))]));

    /// <exception cref="RequestException">There is no such user.</exception>
    internal UserView Show(string id, PhoneReader reader) =>
        UserView.Of(database.Read(session => session.PhoneUser(id)) ?? throw NoUser(id), reader.SeesSecrets);

    /// <summary>The user of a name, or null.</summary>
    internal PhoneUser? Named(string name) => database.Read(session => session.PhoneUserByName(name));

    internal string Create(BodyValues body)
    {
        var user = PhoneUserBodies.Apply(new PhoneUser { Id = PhoneDirectory.NewId() }, body);
        database.Write(session =>
        {
            CheckAndSave(session, user);
            return true;
        });
        return user.Id;
    }

    /// <summary>Changes what a body brought; the phones of the user follow.</summary>
    internal void Update(string id, BodyValues body, string by)
    {
        var macs = database.Write(session =>
        {
            session.HoldPhoneUsers();
            var user = session.HoldPhoneUser(id) ?? throw NoUser(id);
            CheckAndSave(session, PhoneUserBodies.Apply(user, body));
            return session.UserPhones(id).Select(phone => phone.Mac).ToList();
        });
        foreach (var mac in macs)
            provisioning.Reprovision(mac, by);
    }

    /// <summary>Takes a user's phones, then the user.</summary>
    internal void Destroy(string id, string by)
    {
        if (database.Read(session => session.PhoneUser(id)) is null)
            throw NoUser(id);
        do
            ReleaseAll(id, by);
        while (!database.Write(session => Delete(session, id)));
    }

    /// <summary>One transaction a phone, each under the lock of its phone.</summary>
    private void ReleaseAll(string id, string by)
    {
        foreach (var mac in database.Read(session => session.UserPhones(id)).Select(phone => phone.Mac))
        {
            provisioning.Announce(database.Write(mac, session => session.UserPhoneByMac(mac) is { } phone && phone.UserId == id
                ? provisioning.Release(session, phone, by)
                : null));
        }
    }

    /// <returns>False when the user got another phone meanwhile.</returns>
    private static bool Delete(StoreSession session, string id)
    {
        if (session.HoldPhoneUser(id) is null)
            throw NoUser(id);
        if (session.UserPhones(id).Count > 0)
            return false;
        session.DeletePhoneUser(id);
        return true;
    }

    private static void CheckAndSave(StoreSession session, PhoneUser user)
    {
        session.HoldPhoneUsers();
        if (session.PhoneUserByName(user.Name) is { } named && named.Id != user.Id)
            throw RequestException.Conflict("name", user.Name, "a name that no other user has");
        if (session.PhoneUserByExtension(user.ExtensionNumber) is { } numbered && numbered.Id != user.Id)
            throw RequestException.Conflict("extension_number", user.ExtensionNumber, "a number that no other user has");
        session.Save(user);
    }

    private static RequestException NoUser(string id) => RequestException.NotFound("id", id, "the id of a user in /api/users");
}
