using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;
using OpenStage.Server.Phones;

namespace OpenStage.Server.Pages.UserPages;

/// <summary>What the page of a user's phone shows.</summary>
/// <param name="User">Who has it, or shall.</param>
/// <param name="Phone">The phone, or null for a new one.</param>
/// <param name="Known">What is known of it, or null for a new one.</param>
/// <param name="Filename">Its template.</param>
/// <param name="Model">Name of its model.</param>
/// <param name="Names">Names of the form's fields.</param>
public sealed record UserPhoneModel(
    UserView User, PhoneView? Phone, KnownPhoneView? Known, string Filename, string Model, FormInput Form, IReadOnlyList<FieldGroup> Groups, string Names);
