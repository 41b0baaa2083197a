using System.Collections.Frozen;
using System.Net.Mime;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;
using OpenStage.Server.Admin;

namespace OpenStage.Server.Accounts;

/// <summary>
/// Who may do what: Viewer reads, Operator changes, and what lies under one of a few words is for Administrators. A route
/// may have a rule of its own; one that has none at all falls under the rule by method, so that none is ever open by mistake.
/// </summary>
internal static class AccessRules
{
    public const string Viewer = nameof(Role.Viewer);
    public const string Operator = nameof(Role.Operator);
    public const string Administrator = nameof(Role.Administrator);

    /// <summary>Whoever has logged in, also before the change of a one-time password.</summary>
    public const string SignedIn = "SignedIn";

    /// <summary>Viewer to read, Operator to change; for pages, whose routes take both.</summary>
    public const string ByMethod = "ByMethod";

    /// <summary>A route with one of these words in its path is for Administrators only.</summary>
    private static readonly FrozenSet<string> ForAdministrators =
        new[] { "accounts", "audit", "settings", "secure-mode", "backup", "restore" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>First segments of what may be read without a login: nothing of it is about phones.</summary>
    private static readonly FrozenSet<string> Open =
        new[] { "health", "openapi", "assets", "favicon.ico" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>How any body may be refused: it is wrong, too large, or of another type.</summary>
    private static readonly int[] OfBodies = [400, 413, 415];

    public static bool IsReading(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>True for what may be read without a login.</summary>
    public static bool IsOpen(HttpRequest request) =>
        IsReading(request.Method) && request.Path.Value is { } path && Open.Contains(path.Split('/')[1..] is [var first, ..] ? first : "");

    /// <summary>Gives each route of the API that has no rule of its own the one of its method and path.</summary>
    public static RouteGroupBuilder WithAccessRules(this RouteGroupBuilder api)
    {
        ((IEndpointConventionBuilder)api).Finally(endpoint =>
        {
            if (endpoint is not RouteEndpointBuilder route)
                return;
            if (endpoint.Metadata.OfType<IAcceptsMetadata>().Any())
            {
                foreach (var status in OfBodies)
                    endpoint.Metadata.Add(Refusal(status));
            }

            if (endpoint.Metadata.OfType<IAllowAnonymous>().Any())
                return;
            if (!endpoint.Metadata.OfType<IAuthorizeData>().Any())
                endpoint.Metadata.Add(new AuthorizeAttribute(Policy(route)));
            endpoint.Metadata.Add(Refusal(401));
            // Whoever has logged in has all the rights that SignedIn asks for.
            if (endpoint.Metadata.OfType<IAuthorizeData>().All(rule => rule.Policy != SignedIn))
                endpoint.Metadata.Add(Refusal(403));
        });
        return api;
    }

    public static void AddPolicies(AuthorizationOptions options)
    {
        foreach (var role in Enum.GetValues<Role>())
            options.AddPolicy(role.ToString(), policy => policy.AddRequirements(new RoleRequirement(role)));
        options.AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser());
        options.AddPolicy(ByMethod, policy => policy.AddRequirements(new RoleRequirement(null)));
        options.FallbackPolicy = options.GetPolicy(ByMethod);
        options.DefaultPolicy = options.GetPolicy(ByMethod)!;
    }

    private static string Policy(RouteEndpointBuilder route)
    {
        if (route.RoutePattern.PathSegments.SelectMany(segment => segment.Parts).OfType<RoutePatternLiteralPart>().Any(part => ForAdministrators.Contains(part.Content)))
            return Administrator;
        var methods = route.Metadata.OfType<IHttpMethodMetadata>().SelectMany(metadata => metadata.HttpMethods).ToList();
        return methods.Count > 0 && methods.All(IsReading) ? Viewer : Operator;
    }

    private static ProducesResponseTypeMetadata Refusal(int status) => new(status, typeof(ApiErrorList), [MediaTypeNames.Application.Json]);
}
