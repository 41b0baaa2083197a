namespace OpenStage.Server.Phones;

/// <summary>A codec of a model.</summary>
internal sealed record ProfileCodec
{
    /// <summary>Name at the PBX, such as G722.</summary>
    public required string Value { get; init; }

    /// <summary>Index of the codec items that it has, 1 to 3; two names may share one.</summary>
    public required int Slot { get; init; }

    /// <summary>What is written with it, besides <c>codec-allowed</c> and <c>codec-rank</c> of the slot.</summary>
    public required IReadOnlyDictionary<string, string> Items { get; init; }
}
