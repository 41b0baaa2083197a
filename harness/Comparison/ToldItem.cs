namespace OpenStage.Harness.Comparison;

/// <summary>The value of an item as a phone told it, and without what is different between any two phones.</summary>
internal sealed record ToldItem(string Value, string Neutral);
