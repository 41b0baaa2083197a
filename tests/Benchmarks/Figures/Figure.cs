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

    /// <summary>
    /// The middle of the rounds' own ratios to their floors, where both were measured in turn: a machine that changes its
    /// speed from round to round changes both sides of each alike. Null where floor and figure have no rounds in common.
    /// </summary>
    public double? InTurn { get; init; }

    /// <summary>What to know when reading it; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>How many times the floor: 1 is as good as it, more is worse. Null without a floor, or with one of 0.</summary>
    [JsonIgnore]
    public double? Ratio => InTurn ?? (Floor is { } floor ? Times(Better, Value.Median, floor.Median) : null);

    /// <summary>A figure of rounds that were measured in turn with those of the floor.</summary>
    /// <exception cref="ArgumentException">There are no rounds, or not as many of both.</exception>
    public static Figure OfRounds(string name, string unit, Better better, IReadOnlyList<double> rounds, string floorName, IReadOnlyList<double> floors)
    {
        if (rounds.Count != floors.Count)
            throw new ArgumentException($"{rounds.Count} rounds have {floors.Count} floors; allowed: one each.", nameof(floors));
        var ratios = rounds.Zip(floors, (value, floor) => Times(better, value, floor)).OfType<double>().ToList();
        return new Figure(name, unit, better, Spread.Of(rounds))
        {
            FloorName = floorName,
            Floor = Spread.Of(floors),
            InTurn = ratios.Count == rounds.Count ? Spread.Of(ratios).Median : null,
        };
    }

    private static double? Times(Better better, double value, double floor) =>
        value > 0 && floor > 0 ? better == Better.Lower ? value / floor : floor / value : null;
}
