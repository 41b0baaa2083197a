using System.Globalization;
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
    /// <param name="fields">The form's fields, see <see cref="FormFields"/>.</param>
    /// <param name="again">The page of the form with what was sent and what is wrong with it; null for a form that is only a button.</param>
    public IEndpointConventionBuilder Post(
        string pattern, string fields, Func<HttpContext, FormInput, Task<IResult>> act, Func<HttpContext, FormInput, IResult>? again = null)
    {
        var known = new FormFields(fields);
        return Post(pattern, async context => await AnswerAsync(context, await FormReader.ReadAsync(context, known), act, again));
    }

    /// <inheritdoc cref="Post(string, string, Func{HttpContext, FormInput, Task{IResult}}, Func{HttpContext, FormInput, IResult})"/>
    public IEndpointConventionBuilder Post(
        string pattern, string fields, Func<HttpContext, FormInput, IResult> act, Func<HttpContext, FormInput, IResult>? again = null) =>
        Post(pattern, fields, (context, form) => Task.FromResult(act(context, form)), again);

    /// <summary>Adds the target of a form that is read in another way than others are.</summary>
    public IEndpointConventionBuilder Post(string pattern, Func<HttpContext, Task<IResult>> act) =>
        Ruled((RouteHandlerBuilder)routes.MapPost(pattern, async (HttpContext context) => await (await act(context)).ExecuteAsync(context)));

    /// <summary>Does what a form asks for, or shows it again with what is wrong.</summary>
    public static async Task<IResult> AnswerAsync(
        HttpContext context, FormInput form, Func<HttpContext, FormInput, Task<IResult>> act, Func<HttpContext, FormInput, IResult>? again)
    {
        try
        {
            return form.Wrong is { } unread ? throw unread : await act(context, form);
        }
        catch (RequestException wrong) when (again is not null && wrong.Status != StatusCodes.Status404NotFound)
        {
            if (wrong.RetryAfter is { } wait)
                context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return again(context, form with { Wrong = wrong });
        }
    }

    /// <summary>A page with a form: as it is first shown, or with the status of what is wrong.</summary>
    public static RazorComponentResult<T> Page<T>(object model, FormInput form) where T : IComponent =>
        Page<T>(model, form.Wrong?.Status ?? StatusCodes.Status200OK);

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
