namespace OpenStage.Harness.Rules;

/// <summary>A section of the protocol reference and what it rests on.</summary>
/// <param name="Number">As in rule ids, such as 7.06.</param>
/// <param name="Guide">Sections of the guide that it is from, as far as they are known.</param>
/// <param name="Pages">Pages of the guide that it is from.</param>
public sealed record RuleSection(string Number, string Title, IReadOnlyList<string> Guide, IReadOnlyList<int> Pages);
