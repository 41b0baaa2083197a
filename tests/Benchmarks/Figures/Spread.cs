namespace OpenStage.Benchmarks.Figures;

/// <summary>What several rounds of one measurement came to.</summary>
/// <param name="Median">The middle one; of an even number the mean of the two in the middle.</param>
internal sealed record Spread(double Median, double Min, double Max, int Rounds)
{
    /// <exception cref="ArgumentException">There are no values, or one is not a number.</exception>
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        if (sorted.Count == 0 || !sorted.TrueForAll(double.IsFinite))
            throw new ArgumentException("A spread needs at least one value, and finite ones only.", nameof(values));
        var middle = sorted.Count / 2;
        var median = sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1], sorted.Count);
    }
}
