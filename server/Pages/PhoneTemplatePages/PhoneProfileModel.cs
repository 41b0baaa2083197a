using OpenStage.Server.Pages.Forms;

namespace OpenStage.Server.Pages.PhoneTemplatePages;

/// <summary>What the page of one template of phones shows.</summary>
/// <param name="Row">The template, or null for a new one.</param>
/// <param name="Lists">What its fields can be: name of the field, and the values.</param>
/// <param name="NotApplicable">Fields that the model does not have.</param>
/// <param name="Names">Names of the form's fields.</param>
/// <param name="Kept">Why it was not deleted, or null.</param>
public sealed record PhoneProfileModel(
    PhoneProfileRow? Row, IReadOnlyList<(string Name, string Values)> Lists, IReadOnlyList<string> NotApplicable, FormInput Form, string Names, RequestException? Kept = null);
