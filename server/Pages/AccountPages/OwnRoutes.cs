using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Accounts;
using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.AccountPages;

/// <summary>The page of one's own tokens for scripts.</summary>
internal sealed class OwnRoutes(TokenEndpoints tokens)
{
    /// <summary>See <see cref="FormFields"/>.</summary>
    public const string Fields = "name role expires";

    private static readonly FormInput Blank = new(new Dictionary<string, string> { ["role"] = nameof(Role.Viewer) });

    public void Map(PageMap map)
    {
        map.Get("/me", context => Show(context, Blank));
        map.Post("/me/tokens", Fields, Create, (context, form) => Show(context, form)).RequireAuthorization(AccessRules.Viewer);
        map.Post("/me/tokens/{id}/delete", "", Remove).RequireAuthorization(AccessRules.Viewer);
    }

    private RazorComponentResult<OwnPage> Create(HttpContext context, FormInput form)
    {
        var asked = new NewScriptToken { Name = form["name"], Role = form["role"], Expires = PageRequest.Time("expires", form.Text("expires")) };
        return Show(context, Blank, tokens.Create(asked, context).Value);
    }

    private IResult Remove(HttpContext context, FormInput form)
    {
        tokens.Remove(PageRequest.Id(context, "token"), context);
        return Results.LocalRedirect("/me");
    }

    private RazorComponentResult<OwnPage> Show(HttpContext context, FormInput form, ScriptToken? made = null) =>
        PageMap.Page<OwnPage>(new OwnModel(Caller.Of(context)!, [.. tokens.List(context)], form, made), form);
}
