namespace OpenStage.Harness.Comparison;

/// <summary>A part of a comparison as people read it: the text and the page show the same ones.</summary>
/// <param name="Columns">Headings of the rows.</param>
internal sealed record ComparisonSection(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
