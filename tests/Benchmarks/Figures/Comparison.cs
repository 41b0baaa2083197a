namespace OpenStage.Benchmarks.Figures;

/// <summary>How a figure stands against the one of an earlier file.</summary>
/// <param name="Factor">Now through before, the right way round: 1 is the same, 2 is twice as bad, 0.5 twice as good.</param>
/// <param name="IsToFloor">True when ratios to the floors were compared, which do not depend on the machine.</param>
internal sealed record Comparison(string Name, double Before, double Now, double Factor, bool IsToFloor)
{
    /// <summary>Compares the figures that both have; ratios to the floor where both have one, else the figures themselves.</summary>
    public static IReadOnlyList<Comparison> Of(IReadOnlyList<Figure> before, IReadOnlyList<Figure> now)
    {
        var known = before.ToDictionary(figure => figure.Name, StringComparer.Ordinal);
        return [.. now.Where(figure => known.ContainsKey(figure.Name)).Select(figure => Of(known[figure.Name], figure)).OfType<Comparison>()];
    }

    /// <param name="share">0.25 lets a figure be a quarter worse.</param>
    public bool IsWorse(double share) => Factor > 1 + share;

    private static Comparison? Of(Figure before, Figure now)
    {
        // Units that differ tell nothing.
        if (before.Unit != now.Unit)
            return null;
        if (before.Ratio is { } ratioBefore && now.Ratio is { } ratioNow)
            return new Comparison(now.Name, ratioBefore, ratioNow, ratioNow / ratioBefore, true);
        var (was, value) = (before.Value.Median, now.Value.Median);
        if (was == value)
            return new Comparison(now.Name, was, value, 1, false);
        var factor = now.Better == Better.Lower ? value / was : was / value;
        // From nothing to something is worse without bound.
        return new Comparison(now.Name, was, value, double.IsFinite(factor) ? factor : double.MaxValue, false);
    }
}
