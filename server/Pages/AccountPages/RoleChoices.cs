using OpenStage.Server.Accounts;

namespace OpenStage.Server.Pages.AccountPages;

/// <summary>Roles to choose from.</summary>
public static class RoleChoices
{
    /// <param name="most">The highest role that is offered.</param>
    public static IEnumerable<KeyValuePair<string, string>> UpTo(Role most) => Enum.GetValues<Role>().Where(role => role <= most)
        .Select(role => KeyValuePair.Create(role.ToString(), role switch
        {
            Role.Viewer => "Viewer: looks",
            Role.Operator => "Operator: changes phones",
            _ => "Administrator: does all",
        }));
}
