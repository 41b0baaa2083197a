using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace OpenStage.Server.Accounts;

/// <summary>Reads <c>Authorization: Bearer …</c>.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, GrantBook grants)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "Bearer";

    /// <summary>The token that a request came with, or null.</summary>
    public static string? Token(HttpContext context) =>
        context.Request.Headers.Authorization is [{ } value] && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? value["Bearer ".Length..].Trim()
            : null;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Token(Context) is not { } token)
            return Task.FromResult(AuthenticateResult.NoResult());
        return Task.FromResult(grants.Find(token, GrantKind.Access, GrantKind.Script) is var (grant, account)
            ? AuthenticateResult.Success(new AuthenticationTicket(Caller.Principal(account, grant, Name), Name))
            : AuthenticateResult.Fail("The token is not valid."));
    }
}
