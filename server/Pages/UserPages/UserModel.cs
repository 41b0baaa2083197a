using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;
using OpenStage.Server.Phones;

namespace OpenStage.Server.Pages.UserPages;

/// <summary>What the page of one user shows.</summary>
public sealed record UserModel
{
    /// <summary>The user, or null for a new one.</summary>
    public UserView? User { get; init; }

    public required FormInput Form { get; init; }

    public required IReadOnlyList<FieldModel> Fields { get; init; }

    /// <summary>Names of the form's fields.</summary>
    public required string Names { get; init; }

    /// <summary>The user's phones, and how each is known.</summary>
    public IReadOnlyList<(PhoneView Phone, KnownPhoneView Known)> Phones { get; init; } = [];

    /// <summary>Templates to choose from for a new phone: name of the file and of the model.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Templates { get; init; } = [];
}
