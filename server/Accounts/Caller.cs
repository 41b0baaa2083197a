using System.Security.Claims;

namespace OpenStage.Server.Accounts;

/// <summary>Who makes a request to the administration.</summary>
/// <param name="Name">Name of the account.</param>
/// <param name="Role">What this login may do: for a script's token never more than the token.</param>
/// <param name="MustChangePassword">True when nothing but the change of the password is allowed.</param>
public sealed record Caller(string Name, Role Role, bool MustChangePassword)
{
    private const string MustChange = "must-change-password";
    private const string GrantClaim = "grant";

    /// <summary>The token it came with.</summary>
    internal long GrantId { get; init; }

    /// <summary>Who a request is from, or null when nobody has logged in.</summary>
    public static Caller? Of(HttpContext context) => Of(context.User);

    /// <inheritdoc cref="Of(HttpContext)"/>
    public static Caller? Of(ClaimsPrincipal principal)
    {
        if (principal.Identity is not ClaimsIdentity { IsAuthenticated: true, Name: { } name })
            return null;
        var roles = Enum.GetValues<Role>().Where(role => principal.IsInRole(role.ToString())).ToList();
        return roles.Count == 0 ? null : new Caller(name, roles[^1], principal.HasClaim(MustChange, "true"))
        {
            GrantId = long.TryParse(principal.FindFirstValue(GrantClaim), out var grant) ? grant : 0,
        };
    }

    /// <summary>True when the role includes another and may be used.</summary>
    public bool May(Role least) => !MustChangePassword && Role >= least;

    internal static ClaimsPrincipal Principal(Account account, Grant grant, string scheme)
    {
        var role = grant.Role is { } most && most < account.Role ? most : account.Role;
        var identity = new ClaimsIdentity(scheme);
        identity.AddClaim(new Claim(ClaimTypes.Name, account.Name));
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, account.Name));
        // Each role includes the ones before, also for those who ask IsInRole.
        foreach (var included in Enum.GetValues<Role>().Where(included => included <= role))
            identity.AddClaim(new Claim(ClaimTypes.Role, included.ToString()));
        identity.AddClaim(new Claim(GrantClaim, grant.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (account.MustChangePassword)
            identity.AddClaim(new Claim(MustChange, "true"));
        return new ClaimsPrincipal(identity);
    }
}
