using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using OpenStage.Server.Admin;
using OpenStage.Server.Audit;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Accounts;

/// <summary>Accounts, logins, rights and the audit log of the administration, put together.</summary>
internal sealed class AccessControl
{
    private const string Any = "Any";

    private readonly VaultProtection protection;
    private readonly TimeProvider time;

    public AccessControl(Database database, TimeProvider time, ServerOptions options)
    {
        this.time = time;
        protection = new VaultProtection(database.Vault);
        Accounts = new AccountBook(database, time);
        Grants = new GrantBook(database, time);
        Throttle = new LoginThrottle(database, time);
        Login = new LoginCheck(Accounts, Throttle);
        Session = new AdminSession(Accounts, Grants, Login);
        Audit = new AuditLog(database, time, options.AuditRetention);
    }

    public AccountBook Accounts { get; }

    public GrantBook Grants { get; }

    public LoginThrottle Throttle { get; }

    public LoginCheck Login { get; }

    /// <summary>For the pages.</summary>
    public AdminSession Session { get; }

    public AuditLog Audit { get; }

    /// <summary>Makes the first account when there is none.</summary>
    /// <returns>Its one-time password, or null.</returns>
    public string? Begin()
    {
        Throttle.Forget();
        var password = Accounts.EnsureFirst();
        if (password is not null)
            Audit.AddOwn($"/api/accounts/{AccountBook.FirstName}", "first start: account made with a one-time password");
        return password;
    }

    /// <summary>Gives the account admin a new one-time password.</summary>
    public string ResetFirst()
    {
        var password = Accounts.ResetFirst();
        Audit.AddOwn($"/api/accounts/{AccountBook.FirstName}", "new one-time password, asked for at the start");
        return password;
    }

    /// <summary>To be called after all else was added: what the framework adds for keys of its own is taken out again.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(Accounts);
        services.AddSingleton(Grants);
        services.AddSingleton(Session);
        services.AddSingleton(Audit);
        services.AddAuthentication(Any)
            .AddPolicyScheme(Any, null, any => any.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 ? BearerHandler.Name : SessionHandler.Name)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.Name, null)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.Name, null);
        services.AddAuthorization(AccessRules.AddPolicies);
        services.AddSingleton<IAuthorizationHandler, RoleRequirementHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswer>();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "openstage-antiforgery";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddSingleton<IDataProtectionProvider>(protection);
        // It would make a ring of keys in the home folder at each start.
        foreach (var ring in services.Where(service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Assembly == typeof(DataProtectionOptions).Assembly).ToList())
            services.Remove(ring);
    }

    /// <summary>Puts the guards in front of all routes, in the order in which they need each other.</summary>
    public void Use(WebApplication application, BrowserGuard guard)
    {
        application.Use(SecurityHeaders.InvokeAsync);
        application.Use(guard.InvokeAsync);
        application.UseAuthentication();
        application.Use(new AuditTrail(Audit).InvokeAsync);
        application.Use(ApiErrors.CatchAsync);
        application.UseAuthorization();
        application.Use(new FormGuard(application.Services.GetRequiredService<Microsoft.AspNetCore.Antiforgery.IAntiforgery>()).InvokeAsync);
        application.UseAntiforgery();
    }

    public void Map(RouteGroupBuilder api)
    {
        new LoginEndpoints(Accounts, Grants, Login).Map(api);
        new AccountEndpoints(Accounts, Session).Map(api);
        new TokenEndpoints(Grants, time).Map(api);
        new AuditEndpoints(Audit).Map(api);
    }
}
