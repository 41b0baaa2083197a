namespace OpenStage.Server.Phones;

/// <summary>A value that a field may have at a model, and the items that it becomes.</summary>
internal sealed record ProfileValue
{
    public required string Value { get; init; }

    /// <summary>Item values by name, with the index in brackets where there is one: <c>alert[2]</c>.</summary>
    public required IReadOnlyDictionary<string, string> Items { get; init; }
}
