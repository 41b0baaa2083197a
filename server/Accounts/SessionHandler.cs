using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace OpenStage.Server.Accounts;

/// <summary>Reads the cookie of the pages.</summary>
internal sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, GrantBook grants)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "Session";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (AdminSession.Token(Context) is not { } token)
            return Task.FromResult(AuthenticateResult.NoResult());
        return Task.FromResult(grants.Find(token, GrantKind.Session) is var (grant, account)
            ? AuthenticateResult.Success(new AuthenticationTicket(Caller.Principal(account, grant, Name), Name))
            : AuthenticateResult.Fail("The session is over."));
    }
}
