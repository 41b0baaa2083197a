namespace OpenStage.Server.Templates;

/// <summary>Something about an item of a template.</summary>
/// <param name="Item">Name, with the index in brackets if there is one.</param>
/// <param name="Template">Name of the template.</param>
/// <param name="Text">What it is, for people; never a secret.</param>
public sealed record TemplateProblem(string Item, string Template, string Text);
