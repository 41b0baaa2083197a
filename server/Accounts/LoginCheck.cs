using System.Net;

namespace OpenStage.Server.Accounts;

/// <summary>Tells whether a name and a password are right, slowly enough for those who guess.</summary>
internal sealed class LoginCheck(AccountBook accounts, LoginThrottle throttle)
{
    /// <summary>The account that name and password are of.</summary>
    /// <param name="address">Where the request came from.</param>
    /// <exception cref="RequestException">400 UNAUTHORIZED whatever is wrong with them; 429 when there were too many wrong ones.</exception>
    public Account LogIn(string? name, string? password, IPAddress? address)
    {
        throttle.Begin(name, address);
        var seen = AccountName.TryNormalise(name, out var normal) ? accounts.Get(normal) : null;
        // Also without an account, and with one that is disabled: the time must not tell which names there are.
        var isRight = PasswordHash.Matches(seen?.PasswordHash, password ?? "");
        if (!isRight || seen is not { Disabled: false } || accounts.LoggedIn(seen) is not { } account)
            throw Wrong("password");
        throttle.Forgive(account.Name, address);
        return account;
    }

    /// <summary>Checks the present password of somebody who has logged in.</summary>
    /// <exception cref="RequestException">400 UNAUTHORIZED, or 429.</exception>
    public void Confirm(string name, string? password, IPAddress? address)
    {
        throttle.Begin(name, address);
        if (!PasswordHash.Matches(accounts.Get(name)?.PasswordHash, password ?? ""))
            throw Wrong("currentPassword");
        throttle.Forgive(name, address);
    }

    public static RequestException Wrong(string field) =>
        new(field, "***", "the name and the password of an account that is not disabled") { Code = "UNAUTHORIZED" };
}
