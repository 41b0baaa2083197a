using System.Text.Json.Serialization;

namespace OpenStage.Benchmarks.Figures;

/// <summary>One measured figure with its floor of the same run.</summary>
/// <param name="Name">Such as <c>session-kept.same.cpu</c>; unique in a run.</param>
/// <param name="Unit">Such as ms, /s, bytes.</param>
/// <param name="Better">Which way it gets better.</param>
/// <param name="Value">What the rounds came to.</param>
internal sealed record Figure(string Name, string Unit, Better Better, Spread Value)
{
    /// <summary>What the floor is, in words; null where nothing can be compared with.</summary>
    public string? FloorName { get; init; }

    /// <summary>The floor in the same unit.</summary>
    public Spread? Floor { get; init; }

    /// <summary>What to know when reading it; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>How many times the floor: 1 is as good as it, more is worse. Null without a floor, or with one of 0.</summary>
    [JsonIgnore]
    public double? Ratio => Floor is { Median: > 0 } floor && Value.Median > 0
        ? Better == Better.Lower ? Value.Median / floor.Median : floor.Median / Value.Median
        : null;
}
