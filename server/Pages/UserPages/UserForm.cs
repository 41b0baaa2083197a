using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;
using OpenStage.Server.Phones;

namespace OpenStage.Server.Pages.UserPages;

/// <summary>The form of a user.</summary>
internal static class UserForm
{
    private static readonly (string Name, string Label)[] Labels =
        [("name", "Name"), ("extension_number", "Extension"), ("extension_password", "SIP password"), ("display_name", "Name on the display"), ("email", "Mail address")];

    /// <summary>See <see cref="FormFields"/>.</summary>
    public static string Fields { get; } = BodyForm.Fields(PhoneUserBodies.New);

    /// <param name="stored">The user, or null for a new one.</param>
    public static IReadOnlyList<FieldModel> Of(UserView? stored)
    {
        var fields = PhoneUserBodies.New.Fields.ToDictionary(field => field.Name);
        return [.. Labels.Select(field => BodyForm.Field(fields[field.Name], field.Label, isStored: field.Name == "extension_password" && stored?.ExtensionPassword is not null))];
    }
}
