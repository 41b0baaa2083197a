using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Admin;
using OpenStage.Server.Audit;
using OpenStage.Server.Description;

namespace OpenStage.Server.Accounts;

/// <summary>Long-lived tokens for scripts: everybody's own; for Administrators those of all.</summary>
internal sealed class TokenEndpoints(GrantBook grants, TimeProvider time)
{
    private const int LongestName = 100;

    public void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/tokens").RequireAuthorization(AccessRules.Viewer).WithTags("tokens");
        group.MapGet("", List).Described("listTokens", "One's tokens for scripts; for Administrators those of all accounts").Produces<IReadOnlyList<ScriptToken>>();
        group.MapPost("", Create).Described("createToken", "Creates a token for a script; only this answer shows it")
            .Example("""{"name":"nightly report","role":"Viewer"}""");
        group.MapDelete("/{id:long}", Remove).Described("revokeScriptToken", "Takes a token back", 404);
    }

    public IEnumerable<ScriptToken> List(HttpContext context) => grants.Scripts(Visible(context)).Select(ScriptToken.Of);

    /// <exception cref="RequestException">A value is not allowed.</exception>
    public Created<ScriptToken> Create(NewScriptToken asked, HttpContext context)
    {
        var caller = Caller.Of(context)!;
        var name = asked.Name?.Trim() ?? "";
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            throw new RequestException("name", asked.Name ?? "", $"1 to {LongestName} characters");
        var role = Asked.Name<Role>("role", asked.Role);
        if (role > caller.Role)
            throw new RequestException("role", role.ToString(), $"at most {caller.Role}");
        if (asked.Expires is { } expires && expires <= time.GetUtcNow())
            throw new RequestException("expires", expires.ToString("O", CultureInfo.InvariantCulture), "a time to come, or none");
        AuditNote.Set(context, $"created token {name} as {role}");
        var (token, grant) = grants.IssueScript(caller.Name, name, role, asked.Expires);
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/tokens/{grant.Id}"), ScriptToken.Of(grant) with { Token = token });
    }

    /// <exception cref="RequestException">There is no such token, or it is another's.</exception>
    public NoContent Remove([Description("Number of the token")] long id, HttpContext context)
    {
        // Of others, one cannot even tell whether it is there.
        if (grants.Script(id) is not { } grant || (Visible(context) is { } own && grant.Account != own))
            throw RequestException.NotFound("id", id.ToString(CultureInfo.InvariantCulture), "the id of a token in /api/tokens");
        AuditNote.Set(context, $"took back token {grant.Name} of {grant.Account}");
        grants.Revoke(id);
        return TypedResults.NoContent();
    }

    /// <summary>Whose tokens a caller may see; null for those of all.</summary>
    private static string? Visible(HttpContext context) => Caller.Of(context)! is var caller && caller.May(Role.Administrator) ? null : caller.Name;
}
