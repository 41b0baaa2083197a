using Dapper;
using OpenStage.Server.Accounts;
using OpenStage.Server.Audit;

namespace OpenStage.Server.Storage;

internal sealed partial class StoreSession
{
    /// <summary>Keeps the changes of accounts and the ends of logins on all nodes one after the other until this transaction is over.</summary>
    public void HoldAccounts() => NextId("accounts");

    public Account? Account(string name) => One<Account>("accounts", "SELECT body FROM accounts WHERE name = @name", new { name });

    /// <summary>Accounts in order of their names.</summary>
    public IReadOnlyList<Account> Accounts() => Many<Account>("accounts", "SELECT body FROM accounts ORDER BY name");

    public void Save(Account account)
    {
        Execute("INSERT INTO accounts (name, body) VALUES (@Name, @body) ON CONFLICT (name) DO UPDATE SET body = excluded.body",
            new { account.Name, body = Sealed("accounts", account) });
        Tell($"account:{account.Name}");
    }

    public void RemoveAccount(string name)
    {
        Execute("DELETE FROM accounts WHERE name = @name", new { name });
        Execute("DELETE FROM grants WHERE account = @name", new { name });
        Tell($"account:{name}");
    }

    public Grant? Grant(string tokenHash) => One<Grant>("grants", "SELECT body FROM grants WHERE token_hash = @tokenHash", new { tokenHash });

    public Grant? Grant(long id) => One<Grant>("grants", "SELECT body FROM grants WHERE id = @id", new { id });

    /// <summary>Tokens of a kind, of one account or of all, the oldest first.</summary>
    public IReadOnlyList<Grant> Grants(GrantKind kind, string? account) => Many<Grant>(
        "grants", $"SELECT body FROM grants WHERE kind = @kind{(account is null ? "" : " AND account = @account")} ORDER BY id",
        new { kind = kind.ToString(), account });

    public void Save(Grant grant) => Execute(
        "INSERT INTO grants (token_hash, id, kind, account, family, used, expires, body) "
        + "VALUES (@TokenHash, @Id, @kind, @Account, @Family, 0, @expires, @body) "
        + "ON CONFLICT (token_hash) DO UPDATE SET expires = excluded.expires, body = excluded.body",
        new
        {
            grant.TokenHash,
            grant.Id,
            kind = grant.Kind.ToString(),
            grant.Account,
            grant.Family,
            expires = grant.Expires?.ToUnixTimeMilliseconds() ?? long.MaxValue,
            body = Sealed("grants", grant),
        });

    /// <summary>Marks a token that may be used once; false when it was used before.</summary>
    public bool Use(string tokenHash) => Execute("UPDATE grants SET used = 1 WHERE token_hash = @tokenHash AND used = 0", new { tokenHash }) == 1;

    public void RevokeGrant(long id) => Execute("DELETE FROM grants WHERE id = @id", new { id });

    public void RevokeFamily(string family) => Execute("DELETE FROM grants WHERE family = @family", new { family });

    /// <summary>Ends all logins of an account; tokens of scripts stay.</summary>
    public void RevokeLogins(string account) =>
        Execute("DELETE FROM grants WHERE account = @account AND kind <> @script", new { account, script = nameof(GrantKind.Script) });

    public void RemoveExpiredGrants(DateTimeOffset now) =>
        Execute("DELETE FROM grants WHERE expires < @now", new { now = now.ToUnixTimeMilliseconds() });

    /// <summary>Wrong logins of a name or an address; the row is this transaction's until it is over.</summary>
    public LoginFailures HoldFailures(string subject)
    {
        var (failures, blockedUntil, last) = Connection.QuerySingle<(long Failures, long BlockedUntil, long Last)>(
            "INSERT INTO login_failures (subject, failures, blocked_until, last_try) VALUES (@subject, 0, 0, 0) "
            + "ON CONFLICT (subject) DO UPDATE SET subject = excluded.subject RETURNING failures, blocked_until, last_try",
            new { subject });
        return new LoginFailures(
            (int)failures, DateTimeOffset.FromUnixTimeMilliseconds(blockedUntil), DateTimeOffset.FromUnixTimeMilliseconds(last));
    }

    public void SaveFailures(string subject, LoginFailures failures) => Execute(
        "UPDATE login_failures SET failures = @Count, blocked_until = @until, last_try = @last WHERE subject = @subject",
        new
        {
            subject,
            failures.Count,
            until = failures.BlockedUntil.ToUnixTimeMilliseconds(),
            last = failures.LastTry.ToUnixTimeMilliseconds(),
        });

    public void RemoveFailuresBefore(DateTimeOffset time) =>
        Execute("DELETE FROM login_failures WHERE last_try < @time", new { time = time.ToUnixTimeMilliseconds() });

    /// <summary>Entries of the audit log, the newest first.</summary>
    public IReadOnlyList<AuditEntry> Audit(AuditFilter filter) => Many<AuditEntry>(
        "audit", $"SELECT body FROM audit {Where(filter)} ORDER BY id DESC LIMIT @Top OFFSET @Skip", Parameters(filter));

    public long CountAudit(AuditFilter filter) => Scalar<long>($"SELECT count(*) FROM audit {Where(filter)}", Parameters(filter));

    public void Add(AuditEntry entry)
    {
        var id = NextId("audit");
        Execute("INSERT INTO audit (id, at_time, account, resource, body) VALUES (@id, @at, @Account, @resource, @body)", new
        {
            id,
            at = entry.At.ToUnixTimeMilliseconds(),
            entry.Account,
            resource = entry.Resource.ToLowerInvariant(),
            body = Sealed("audit", entry with { Id = id }),
        });
        Tell("audit:");
    }

    public void RemoveAuditBefore(DateTimeOffset time) => Execute("DELETE FROM audit WHERE at_time < @time", new { time = time.ToUnixTimeMilliseconds() });

    private static string Where(AuditFilter filter)
    {
        List<string> tests = [];
        if (filter.Account is not null)
            tests.Add("account = @Account");
        if (filter.Resource is not null)
            tests.Add("resource LIKE @resource ESCAPE '\\'");
        if (filter.From is not null)
            tests.Add("at_time >= @from");
        if (filter.To is not null)
            tests.Add("at_time < @to");
        return tests.Count == 0 ? "" : $"WHERE {string.Join(" AND ", tests)}";
    }

    private static object Parameters(AuditFilter filter) => new
    {
        filter.Account,
        resource = $"%{Like(filter.Resource?.ToLowerInvariant())}%",
        from = filter.From?.ToUnixTimeMilliseconds() ?? 0,
        to = filter.To?.ToUnixTimeMilliseconds() ?? 0,
        filter.Top,
        filter.Skip,
    };
}
