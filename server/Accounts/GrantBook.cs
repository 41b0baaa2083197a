using System.Security.Cryptography;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Accounts;

/// <summary>The tokens that were given out, shared by all nodes; the store has their hashes only.</summary>
internal sealed class GrantBook(Database database, TimeProvider time)
{
    public static readonly TimeSpan AccessLifetime = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan RefreshLifetime = TimeSpan.FromHours(24);
    public static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(8);

    /// <summary>A session in use is only written anew after this time, not with each request.</summary>
    private static readonly TimeSpan SlideAfter = TimeSpan.FromMinutes(5);

    /// <summary>A login by the API.</summary>
    public TokenPair IssuePair(Account account)
    {
        var family = NewFamily();
        return database.Write(session =>
        {
            session.RemoveExpiredGrants(time.GetUtcNow());
            return IssuePair(session, account, family);
        });
    }

    /// <summary>A login by the pages.</summary>
    public string IssueSession(Account account) => database.Write(session =>
    {
        session.RemoveExpiredGrants(time.GetUtcNow());
        return Issue(session, GrantKind.Session, account.Name, NewFamily(), SessionLifetime);
    });

    /// <summary>A token for scripts.</summary>
    /// <returns>The token, which nobody sees again, and what is kept of it.</returns>
    public (string Token, Grant Grant) IssueScript(string account, string name, Role role, DateTimeOffset? expires) => database.Write(session =>
    {
        var token = TokenText.Make();
        var grant = New(session, GrantKind.Script, account, NewFamily(), token) with { Name = name, Role = role, Expires = expires };
        session.Save(grant);
        return (token, grant);
    });

    /// <summary>Exchanges a refresh token for a new pair. One that comes a second time was stolen: its login is ended.</summary>
    /// <returns>Null when it is not valid.</returns>
    public TokenPair? Refresh(string token) => database.Write(session =>
    {
        if (Find(session, token, GrantKind.Refresh) is not var (grant, account))
            return null;
        // Several uses at once would each end the same login, and on PostgreSQL wait for each other's rows for ever.
        session.HoldAccounts();
        if (session.Use(grant.TokenHash))
            return IssuePair(session, account, grant.Family);
        session.RevokeFamily(grant.Family);
        return null;
    });

    /// <summary>Whose token it is, or null when it is not valid (any more).</summary>
    public (Grant Grant, Account Account)? Find(string token, params ReadOnlySpan<GrantKind> kinds)
    {
        var wanted = kinds.ToArray();
        var found = database.Read(session => Find(session, token, wanted));
        if (found is { Grant: { Kind: GrantKind.Session } grant } && grant.Expires < time.GetUtcNow() + SessionLifetime - SlideAfter)
        {
            database.Write(session =>
            {
                // Not one that was ended in the meantime.
                if (session.Grant(grant.TokenHash) is { } still)
                    session.Save(still with { Expires = time.GetUtcNow() + SessionLifetime });
                return true;
            });
        }

        return found;
    }

    /// <summary>Ends the login that a token is from; nothing happens when it is not valid.</summary>
    public void Revoke(string token) => database.Write(session =>
    {
        session.HoldAccounts();
        if (session.Grant(TokenText.Hash(token)) is { } grant)
            session.RevokeFamily(grant.Family);
        return true;
    });

    /// <summary>Ends the login that a token is from.</summary>
    public void Revoke(long id) => database.Write(session =>
    {
        session.HoldAccounts();
        if (session.Grant(id) is { } grant)
            session.RevokeFamily(grant.Family);
        return true;
    });

    /// <summary>A token of a script, or null when there is none of this number.</summary>
    public Grant? Script(long id) => database.Read(session => session.Grant(id)) is { Kind: GrantKind.Script } grant ? grant : null;

    /// <param name="account">Null for those of all accounts.</param>
    public IReadOnlyList<Grant> Scripts(string? account) => database.Read(session => session.Grants(GrantKind.Script, account));

    private (Grant Grant, Account Account)? Find(StoreSession session, string token, params GrantKind[] kinds)
    {
        if (session.Grant(TokenText.Hash(token)) is not { } grant || !kinds.Contains(grant.Kind) || grant.Expires <= time.GetUtcNow())
            return null;
        return session.Account(grant.Account) is { Disabled: false } account ? (grant, account) : null;
    }

    private TokenPair IssuePair(StoreSession session, Account account, string family) => new(
        Issue(session, GrantKind.Access, account.Name, family, AccessLifetime),
        Issue(session, GrantKind.Refresh, account.Name, family, RefreshLifetime), account);

    private string Issue(StoreSession session, GrantKind kind, string account, string family, TimeSpan lifetime)
    {
        var token = TokenText.Make();
        session.Save(New(session, kind, account, family, token) with { Expires = time.GetUtcNow() + lifetime });
        return token;
    }

    private Grant New(StoreSession session, GrantKind kind, string account, string family, string token) => new()
    {
        Id = session.NextId("grants"),
        Kind = kind,
        TokenHash = TokenText.Hash(token),
        Account = account,
        Family = family,
        Created = time.GetUtcNow(),
    };

    private static string NewFamily() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
