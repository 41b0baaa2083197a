using OpenStage.Server.Audit;

namespace OpenStage.Server.Accounts;

/// <summary>Logins of the pages: a cookie that scripts cannot read and other sites cannot send, of a session in the store.</summary>
internal sealed class AdminSession(AccountBook accounts, GrantBook grants, LoginCheck login)
{
    private const string ClearName = "openstage-session";

    /// <summary>By this name browsers take the cookie from HTTPS only, and for this host only.</summary>
    private const string SecureName = "__Host-openstage-session";

    /// <summary>Checks name and password and logs the browser in.</summary>
    /// <returns>Who it is; with <see cref="Caller.MustChangePassword"/> nothing but the change of the password is allowed next.</returns>
    /// <exception cref="RequestException">400 UNAUTHORIZED, or 429 with <see cref="RequestException.RetryAfter"/>.</exception>
    public Caller SignIn(HttpContext context, string? name, string? password)
    {
        AuditNote.Login(context, name, accounts);
        var account = login.LogIn(name, password, context.Connection.RemoteIpAddress);
        SignOut(context);
        SetCookie(context, grants.IssueSession(account));
        return new Caller(account.Name, account.Role, account.MustChangePassword);
    }

    /// <summary>Ends the session of the browser, if it has one.</summary>
    public void SignOut(HttpContext context)
    {
        if (Token(context) is not { } token)
            return;
        grants.Revoke(token);
        context.Response.Cookies.Delete(Name(context), Cookie(context));
    }

    /// <summary>Changes the password of whoever is logged in; the browser gets a new session, all others of the account end.</summary>
    /// <exception cref="RequestException">400 with <c>currentPassword</c> or <c>newPassword</c>; 401 when nobody is logged in; 429.</exception>
    public void ChangePassword(HttpContext context, string? currentPassword, string? newPassword)
    {
        var caller = Current(context) ?? throw new RequestException("session", "", "a login") { Status = 401 };
        AuditNote.Set(context, $"changed the password of {caller.Name}");
        SetOwnPassword(caller.Name, currentPassword, newPassword, context);
        SetCookie(context, grants.IssueSession(accounts.Get(caller.Name) ?? throw AccountBook.NotFound(caller.Name)));
    }

    /// <summary>Who is logged in, or null.</summary>
    public static Caller? Current(HttpContext context) => Caller.Of(context);

    /// <summary>The session's token that a request came with, or null.</summary>
    internal static string? Token(HttpContext context) => context.Request.Cookies[Name(context)] is { Length: > 0 } token ? token : null;

    internal void SetOwnPassword(string name, string? currentPassword, string? newPassword, HttpContext context)
    {
        PasswordRules.Check("newPassword", name, newPassword);
        login.Confirm(name, currentPassword, context.Connection.RemoteIpAddress);
        if (newPassword == currentPassword)
            throw new RequestException("newPassword", "the present one", "another password than the present one");
        accounts.SetPassword(name, newPassword!, mustChange: false);
    }

    private static void SetCookie(HttpContext context, string token) => context.Response.Cookies.Append(Name(context), token, Cookie(context));

    private static string Name(HttpContext context) => context.Request.IsHttps ? SecureName : ClearName;

    /// <summary>Without a lifetime: it ends with the browser, or with the session in the store.</summary>
    private static CookieOptions Cookie(HttpContext context) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        IsEssential = true,
    };
}
