using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using OpenStage.Server.Admin;
using OpenStage.Server.Pages;

namespace OpenStage.Server.Accounts;

/// <summary>What those hear who may not: the API's error body, or for a browser that wants a page the way to the login.</summary>
internal sealed class AccessAnswer : IAuthorizationMiddlewareResultHandler
{
    /// <summary>Where a page is to be that asks for name and password; takes <c>returnUrl</c>.</summary>
    public const string LoginPage = "/login";

    /// <summary>Where a page is to be that asks for a new password.</summary>
    public const string PasswordPage = "/password";

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult result)
    {
        if (result.Succeeded)
            return next(context);
        var caller = Caller.Of(context);
        var isPage = PageErrors.WantsPage(context.Request);
        if (isPage && HttpMethods.IsGet(context.Request.Method) && (caller is null || caller.MustChangePassword))
        {
            var target = caller is null ? LoginPage : PasswordPage;
            context.Response.Redirect($"{target}{QueryString.Create("returnUrl", $"{context.Request.Path}{context.Request.QueryString}")}");
            return Task.CompletedTask;
        }

        if (caller is null && isPage)
            return ApiErrors.WriteAsync(context, 401, "session", "", "one that is not over: log in, and send the form once more");
        if (caller is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return ApiErrors.WriteAsync(context, 401, "Authorization", "", "a token of POST /api/login/oauth/token or of POST /api/tokens that is still valid");
        }

        return caller.MustChangePassword
            ? ApiErrors.WriteAsync(context, 403, "password", "one-time password", $"nothing before POST /api/accounts/{caller.Name}/password has set another one")
            : ApiErrors.WriteAsync(context, 403, "role", caller.Role.ToString(), Needed(policy, context.Request));
    }

    private static string Needed(AuthorizationPolicy policy, HttpRequest request)
    {
        var least = policy.Requirements.OfType<RoleRequirement>().Select(requirement => requirement.Least).Max();
        return (least ?? (AccessRules.IsReading(request.Method) ? Role.Viewer : Role.Operator)).ToString();
    }
}
