using OpenStage.Server.Phones;

namespace OpenStage.Server.Storage;

internal sealed partial class StoreSession
{
    private const string NetworkFact = "network";

    public PhoneUser? PhoneUser(string id) => One<PhoneUser>("phone_users", "SELECT body FROM phone_users WHERE id = @id", new { id });

    public PhoneUser? PhoneUserByName(string name) =>
        One<PhoneUser>("phone_users", "SELECT body FROM phone_users WHERE name = @name", new { name });

    public PhoneUser? PhoneUserByExtension(string extension) =>
        One<PhoneUser>("phone_users", "SELECT body FROM phone_users WHERE extension = @extension", new { extension });

    /// <summary>A user who stays as long as this transaction runs, or null when there is none.</summary>
    public PhoneUser? HoldPhoneUser(string id)
    {
        // A change of nothing: it locks the row where several nodes share the store.
        Execute("UPDATE phone_users SET id = id WHERE id = @id", new { id });
        return PhoneUser(id);
    }

    /// <summary>Keeps all other changes of users waiting, so that names and extensions can be compared.</summary>
    public void HoldPhoneUsers() => NextId("phone_user_changes");

    /// <summary>Users in order of their extensions.</summary>
    public IReadOnlyList<PhoneUser> PhoneUsers(string? search, int skip, int top) => Many<PhoneUser>("phone_users",
        "SELECT body FROM phone_users WHERE search LIKE @like ESCAPE '\\' ORDER BY extension LIMIT @top OFFSET @skip",
        new { like = $"%{Like(search?.ToLowerInvariant())}%", skip, top });

    public long CountPhoneUsers(string? search) => Scalar<long>(
        "SELECT count(*) FROM phone_users WHERE search LIKE @like ESCAPE '\\'", new { like = $"%{Like(search?.ToLowerInvariant())}%" });

    public void Save(PhoneUser user)
    {
        Execute(
            "INSERT INTO phone_users (id, name, extension, search, body) VALUES (@Id, @Name, @ExtensionNumber, @search, @body) "
            + "ON CONFLICT (id) DO UPDATE SET name = excluded.name, extension = excluded.extension, search = excluded.search, body = excluded.body",
            new
            {
                user.Id,
                user.Name,
                user.ExtensionNumber,
                search = $"{user.Name} {user.ExtensionNumber} {user.DisplayName} {user.Email}".ToLowerInvariant(),
                body = Sealed("phone_users", user),
            });
        Tell($"user:{user.Id}");
    }

    public void DeletePhoneUser(string id)
    {
        Execute("DELETE FROM phone_users WHERE id = @id", new { id });
        Tell($"user:{id}");
    }

    public UserPhone? UserPhone(string id) => One<UserPhone>("user_phones", "SELECT body FROM user_phones WHERE id = @id", new { id });

    public UserPhone? UserPhoneByMac(string mac) =>
        One<UserPhone>("user_phones", "SELECT body FROM user_phones WHERE mac = @mac", new { mac });

    /// <summary>The phones of a user, or of all, in order of their MAC addresses.</summary>
    public IReadOnlyList<UserPhone> UserPhones(string? user = null) => user is null
        ? Many<UserPhone>("user_phones", "SELECT body FROM user_phones ORDER BY mac")
        : Many<UserPhone>("user_phones", "SELECT body FROM user_phones WHERE user_id = @user ORDER BY mac", new { user });

    /// <summary>MAC addresses of phones that were made of a template.</summary>
    public IReadOnlyList<string> MacsOfTemplate(string filename) =>
        Column<string>("SELECT mac FROM user_phones WHERE filename = @filename ORDER BY mac", new { filename });

    public void Save(UserPhone phone)
    {
        Execute(
            "INSERT INTO user_phones (id, mac, user_id, filename, body) VALUES (@Id, @Mac, @UserId, @Filename, @body) "
            + "ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            new { phone.Id, phone.Mac, phone.UserId, phone.Filename, body = Sealed("user_phones", phone) });
        Tell($"phone:{phone.Mac}");
    }

    public void Delete(UserPhone phone)
    {
        Execute("DELETE FROM user_phones WHERE id = @Id", new { phone.Id });
        Tell($"phone:{phone.Mac}");
    }

    public PhoneTemplate? PhoneTemplate(string filename) =>
        One<PhoneTemplate>("phone_templates", "SELECT body FROM phone_templates WHERE filename = @filename", new { filename });

    /// <summary>A template that stays as it is as long as this transaction runs, or null when there is none.</summary>
    public PhoneTemplate? HoldPhoneTemplate(string filename)
    {
        Execute("UPDATE phone_templates SET filename = filename WHERE filename = @filename", new { filename });
        return PhoneTemplate(filename);
    }

    public IReadOnlyList<PhoneTemplate> PhoneTemplates() =>
        Many<PhoneTemplate>("phone_templates", "SELECT body FROM phone_templates ORDER BY filename");

    /// <summary>Keeps a new template.</summary>
    /// <returns>False when there is one of that name.</returns>
    public bool Add(PhoneTemplate template) => Execute(
        "INSERT INTO phone_templates (filename, body) VALUES (@Filename, @body) ON CONFLICT (filename) DO NOTHING",
        new { template.Filename, body = Sealed("phone_templates", template) }) == 1;

    public void Replace(PhoneTemplate template) => Execute(
        "UPDATE phone_templates SET body = @body WHERE filename = @Filename", new { template.Filename, body = Sealed("phone_templates", template) });

    public void DeletePhoneTemplate(string filename) => Execute("DELETE FROM phone_templates WHERE filename = @filename", new { filename });

    /// <summary>Keeps all other changes of the network waiting.</summary>
    public void HoldNetwork() => NextId("network_changes");

    public NetworkAddresses Network() =>
        One<NetworkAddresses>("facts", "SELECT body FROM facts WHERE name = @NetworkFact", new { NetworkFact }) ?? new NetworkAddresses();

    public void Save(NetworkAddresses network)
    {
        Execute("INSERT INTO facts (name, body) VALUES (@NetworkFact, @body) ON CONFLICT (name) DO UPDATE SET body = excluded.body",
            new { NetworkFact, body = Sealed("facts", network) });
        Tell("network:");
    }

    public PhoneRedirect? Redirect(string mac) => One<PhoneRedirect>("redirects", "SELECT body FROM redirects WHERE mac = @mac", new { mac });

    public IReadOnlyList<string> MacsOfRedirectsDue(DateTimeOffset now) => Column<string>(
        "SELECT mac FROM redirects WHERE due IS NOT NULL AND due <= @now ORDER BY due, mac", new { now = now.ToUnixTimeMilliseconds() });

    /// <summary>When the next redirect falls due, or null.</summary>
    public DateTimeOffset? NextRedirect() => Scalar<long?>("SELECT min(due) FROM redirects") is { } due
        ? DateTimeOffset.FromUnixTimeMilliseconds(due)
        : null;

    public void Save(PhoneRedirect redirect)
    {
        Execute(
            "INSERT INTO redirects (mac, due, body) VALUES (@Mac, @due, @body) ON CONFLICT (mac) DO UPDATE SET due = excluded.due, body = excluded.body",
            new { redirect.Mac, due = redirect.Due?.ToUnixTimeMilliseconds(), body = Sealed("redirects", redirect) });
        Tell($"redirect:{redirect.Mac}");
    }

    public void DeleteRedirect(string mac)
    {
        Execute("DELETE FROM redirects WHERE mac = @mac", new { mac });
        Tell($"redirect:{mac}");
    }
}
