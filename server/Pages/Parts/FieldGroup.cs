namespace OpenStage.Server.Pages.Parts;

/// <summary>Fields of a form that belong together.</summary>
/// <param name="Note">What is said of all of them, or null.</param>
public sealed record FieldGroup(string Title, IReadOnlyList<FieldModel> Fields, string? Note = null);
