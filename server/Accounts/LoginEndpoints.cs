using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Admin;
using OpenStage.Server.Audit;
using OpenStage.Server.Description;

namespace OpenStage.Server.Accounts;

/// <summary>Login, tokens and logout for programs, with the words of the PBX's API.</summary>
internal sealed class LoginEndpoints(AccountBook accounts, GrantBook grants, LoginCheck login)
{
    private const string Form = "application/x-www-form-urlencoded";

    public void Map(RouteGroupBuilder api)
    {
        api.MapPost("/login/oauth/token", (Delegate)TokenAsync).AllowAnonymous().WithMetadata(new PlainForm()).WithTags("login")
            .Described("getToken", "Gets a pair of tokens for name and password, or for a refresh token", 429).Accepts<TokenForm>(Form).Produces<TokenAnswer>()
            .Example("""{"grant_type":"password","username":"operator-1001","password":"four words and more"}""");
        api.MapPost("/login/oauth/revoke", (Delegate)RevokeAsync).AllowAnonymous().WithMetadata(new PlainForm()).WithTags("login")
            .Described("revokeToken", "Ends the login that a token is from; also answers 200 when there is none").Accepts<RevokeForm>(Form)
            .Example("""{"token":"an access or refresh token"}""");
        api.MapPost("/login", (LoginRequest asked, HttpContext context) => LogIn(asked, context)).AllowAnonymous().WithTags("login")
            .Described("logIn", "Gets a pair of tokens for name and password", 429).Produces<TokenAnswer>()
            .Example("""{"username":"operator-1001","password":"four words and more"}""");
        api.MapGet("/login", State).RequireAuthorization(AccessRules.SignedIn).WithTags("login").Described("showLogin", "Who has logged in").Produces<LoginState>();
        api.MapPost("/logout", LogOut).RequireAuthorization(AccessRules.SignedIn).WithTags("login")
            .Described("logOut", "Ends the login of this request");
        api.MapPost("/auth/refresh_token", (RefreshRequest asked) => Refresh(asked.RefreshToken)).AllowAnonymous().WithTags("login")
            .Described("refreshToken", "Gets a new pair of tokens for a refresh token, which is used up").Produces<TokenAnswer>()
            .Example("""{"refresh_token":"a refresh token"}""");
    }

    private async Task<TokenAnswer> TokenAsync(HttpContext context)
    {
        var form = await ReadAsync(context);
        if (form["scope"].ToString() is { Length: > 0 } scope and not "all")
            throw new RequestException("scope", scope, "all");
        return form["grant_type"].ToString() switch
        {
            "password" => LogIn(form["username"], form["password"], context),
            "refresh_token" => Refresh(form["refresh_token"]),
            var other => throw new RequestException("grant_type", other, "password or refresh_token"),
        };
    }

    private async Task<Ok> RevokeAsync(HttpContext context)
    {
        var form = await ReadAsync(context);
        if (form["token"].ToString() is not { Length: > 0 } token)
            throw new RequestException("token", "", "an access or refresh token");
        grants.Revoke(token);
        return TypedResults.Ok();
    }

    private TokenAnswer LogIn(LoginRequest asked, HttpContext context)
    {
        Asked.Search("domain", asked.Domain);
        return LogIn(asked.UserName, asked.Password, context);
    }

    private TokenAnswer LogIn(string? name, string? password, HttpContext context)
    {
        AuditNote.Login(context, name, accounts);
        if (string.IsNullOrEmpty(name))
            throw new RequestException("username", "", "the name of an account");
        if (string.IsNullOrEmpty(password))
            throw new RequestException("password", "", "the password of the account");
        return TokenAnswer.Of(grants.IssuePair(login.LogIn(name, password, context.Connection.RemoteIpAddress)));
    }

    private TokenAnswer Refresh(string? token)
    {
        if (string.IsNullOrEmpty(token))
            throw new RequestException("refresh_token", "", "a refresh token");
        return TokenAnswer.Of(grants.Refresh(token)
            ?? throw new RequestException("refresh_token", "***", "a refresh token that was not used yet, less than 24 h old") { Code = "UNAUTHORIZED" });
    }

    private static LoginState State(HttpContext context)
    {
        var caller = Caller.Of(context)!;
        return new LoginState { UserName = caller.Name, Role = caller.Role, MustChangePassword = caller.MustChangePassword };
    }

    private NoContent LogOut(HttpContext context)
    {
        var caller = Caller.Of(context)!;
        // A script's token is for more than one run: it is taken back by DELETE /api/tokens.
        if (grants.Script(caller.GrantId) is null)
            grants.Revoke(caller.GrantId);
        AuditNote.Set(context, "logout");
        return TypedResults.NoContent();
    }

    private static async Task<IFormCollection> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
            throw new RequestException("Content-Type", context.Request.ContentType ?? "", Form) { Status = 415 };
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException broken)
        {
            throw new RequestException("body", "", $"a form ({broken.Message})");
        }
    }
}
