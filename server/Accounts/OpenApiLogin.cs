using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OpenStage.Server.Accounts;

/// <summary>Says in the description of the API which routes need a token, and of which role.</summary>
internal static class OpenApiLogin
{
    private const string Scheme = "bearer";

    public static void AddTo(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = Scheme,
                Description = "A token of POST /api/login/oauth/token, of POST /api/login, or of POST /api/tokens.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<IAllowAnonymous>().Any())
                return Task.CompletedTask;
            var policy = metadata.OfType<IAuthorizeData>().Select(rule => rule.Policy).LastOrDefault(name => name is not null) ?? AccessRules.ByMethod;
            operation.Security ??= [];
            operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [policy] });
            operation.Description = $"{operation.Description} Needs: {policy}.".TrimStart();
            return Task.CompletedTask;
        });
    }
}
