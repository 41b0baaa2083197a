using OpenStage.Server.Storage;

namespace OpenStage.Server.Accounts;

/// <summary>The accounts of the administration, shared by all nodes.</summary>
internal sealed class AccountBook(Database database, TimeProvider time)
{
    /// <summary>Name of the account that the first start makes.</summary>
    public const string FirstName = "admin";

    /// <summary>Makes the first account when there is none.</summary>
    /// <returns>Its one-time password, or null when there are accounts.</returns>
    public string? EnsureFirst()
    {
        if (database.Read(session => session.Accounts().Count) > 0)
            return null;
        var password = PasswordHash.MakeOneTime();
        var isMade = database.Write(session =>
        {
            session.HoldAccounts();
            // Another node may have been faster.
            if (session.Accounts().Count > 0)
                return false;
            session.Save(FirstAccount(password));
            return true;
        });
        return isMade ? password : null;
    }

    /// <summary>Gives the first account a new one-time password, for those who lost theirs; it is made anew when it is gone.</summary>
    public string ResetFirst()
    {
        var password = PasswordHash.MakeOneTime();
        return database.Write(session =>
        {
            session.HoldAccounts();
            session.Save(FirstAccount(password));
            session.RevokeLogins(FirstName);
            return password;
        });
    }

    public IReadOnlyList<Account> List() => database.Read(session => session.Accounts());

    public Account? Get(string name) => database.Read(session => session.Account(name));

    /// <param name="name">In lower case.</param>
    /// <param name="passwordHash">Empty for an account that uses tokens only.</param>
    /// <exception cref="RequestException">409: the name is taken.</exception>
    public Account Create(string name, Role role, string passwordHash, bool mustChange) => database.Write(session =>
    {
        session.HoldAccounts();
        if (session.Account(name) is not null)
            throw RequestException.Conflict("name", name, "a name that no account has");
        var account = new Account { Name = name, Role = role, PasswordHash = passwordHash, MustChangePassword = mustChange, Created = time.GetUtcNow() };
        session.Save(account);
        return account;
    });

    /// <summary>Changes an account; one that is disabled is logged out everywhere.</summary>
    /// <exception cref="RequestException">404, or 409: it is the last administrator.</exception>
    public Account Change(string name, Func<Account, Account> change) => database.Write(session =>
    {
        session.HoldAccounts();
        var before = session.Account(name) ?? throw NotFound(name);
        var after = change(before);
        if (IsActiveAdministrator(before) && !IsActiveAdministrator(after))
            CheckOthers(session, name);
        session.Save(after);
        if (after.Disabled)
            session.RevokeLogins(name);
        return after;
    });

    /// <summary>Sets a password and logs the account out everywhere.</summary>
    /// <exception cref="RequestException">404.</exception>
    public void SetPassword(string name, string password, bool mustChange)
    {
        var hash = PasswordHash.Of(password);
        database.Write(session =>
        {
            session.HoldAccounts();
            var before = session.Account(name) ?? throw NotFound(name);
            session.Save(before with { PasswordHash = hash, MustChangePassword = mustChange });
            session.RevokeLogins(name);
            return true;
        });
    }

    /// <summary>Removes an account with all its tokens.</summary>
    /// <exception cref="RequestException">404, or 409: it is the last administrator.</exception>
    public void Remove(string name) => database.Write(session =>
    {
        session.HoldAccounts();
        var before = session.Account(name) ?? throw NotFound(name);
        if (IsActiveAdministrator(before))
            CheckOthers(session, name);
        session.RemoveAccount(name);
        return true;
    });

    /// <summary>Notes a login, unless the account was changed while its password was checked.</summary>
    public Account? LoggedIn(Account seen) => database.Write(session =>
    {
        session.HoldAccounts();
        if (session.Account(seen.Name) is not { Disabled: false } account || account.PasswordHash != seen.PasswordHash)
            return null;
        account = account with { LastLogin = time.GetUtcNow() };
        session.Save(account);
        return account;
    });

    public static RequestException NotFound(string name) => RequestException.NotFound("name", name, "the name of an account in /api/accounts");

    private static bool IsActiveAdministrator(Account account) => account is { Role: Role.Administrator, Disabled: false };

    private static void CheckOthers(StoreSession session, string name)
    {
        if (!session.Accounts().Any(other => other.Name != name && IsActiveAdministrator(other)))
            throw RequestException.Conflict("name", name, "any but the last administrator: nobody could administer the service any more");
    }

    private Account FirstAccount(string password) => new()
    {
        Name = FirstName,
        Role = Role.Administrator,
        PasswordHash = PasswordHash.OfOneTime(password),
        MustChangePassword = true,
        Created = time.GetUtcNow(),
    };
}
