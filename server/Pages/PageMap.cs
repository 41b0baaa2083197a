using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Accounts;
using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Pages;

/// <summary>Takes the routes of pages; none of them is part of the API's description.</summary>
internal sealed class PageMap(IEndpointRouteBuilder routes)
{
    /// <summary>Adds a page.</summary>
    public IEndpointConventionBuilder Get(string pattern, Func<HttpContext, Task<IResult>> show) =>
        Ruled((RouteHandlerBuilder)routes.MapGet(pattern, async (HttpContext context) => await (await show(context)).ExecuteAsync(context)));

    /// <summary>Adds a page.</summary>
    public IEndpointConventionBuilder Get(string pattern, Func<HttpContext, IResult> show) => Get(pattern, context => Task.FromResult(show(context)));

    /// <summary>Adds the target of a form.</summary>
    public IEndpointConventionBuilder Post(string pattern, Func<HttpContext, FormInput, Task<IResult>> act) =>
        Ruled((RouteHandlerBuilder)routes.MapPost(pattern, async (HttpContext context) =>
            await (await act(context, await FormReader.ReadAsync(context))).ExecuteAsync(context)));

    /// <summary>A page with its model.</summary>
    public static RazorComponentResult<T> Page<T>(object model, int status = StatusCodes.Status200OK) where T : IComponent =>
        new(new Dictionary<string, object?> { ["Model"] = model }) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>Viewer to look, Operator to change, unless a page says otherwise.</summary>
    private static RouteHandlerBuilder Ruled(RouteHandlerBuilder route)
    {
        ((IEndpointConventionBuilder)route).Finally(endpoint =>
        {
            if (!endpoint.Metadata.Any(metadata => metadata is IAuthorizeData or IAllowAnonymous))
                endpoint.Metadata.Add(new AuthorizeAttribute(AccessRules.ByMethod));
        });
        return route.ExcludeFromDescription();
    }
}
