using OpenStage.Benchmarks.Figures;

namespace OpenStage.Performance.Tests;

/// <summary>Figures for tests.</summary>
internal static class Made
{
    public static Figure Figure(double value, double? floor = null, Better better = Better.Lower, string name = "session.cpu", string unit = "ms") =>
        new(name, unit, better, Spread.Of([value]))
        {
            FloorName = floor is null ? null : "a floor",
            Floor = floor is { } least ? Spread.Of([least]) : null,
        };
}
