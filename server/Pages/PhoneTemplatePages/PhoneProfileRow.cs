namespace OpenStage.Server.Pages.PhoneTemplatePages;

/// <summary>A template of phones in a list.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="IsCustom">True for one that an administrator made.</param>
public sealed record PhoneProfileRow(string Filename, string Model, bool IsCustom);
