namespace OpenStage.Benchmarks.Storm;

/// <summary>Processor time of two processes as it was seen from time to time, so that any stretch of it can be told afterwards.</summary>
internal sealed class ProcessorTrace
{
    private readonly List<(DateTimeOffset At, TimeSpan Server, TimeSpan Load)> seen = [];

    /// <param name="at">Later than whatever was added before.</param>
    /// <param name="server">Processor time of the server until then.</param>
    /// <param name="load">Processor time of those who call until then.</param>
    public void Add(DateTimeOffset at, TimeSpan server, TimeSpan load) => seen.Add((at, server, load));

    /// <summary>What a wave took of both, as if it had been used evenly between two looks.</summary>
    /// <exception cref="InvalidOperationException">Nothing was seen before it began or after it ended.</exception>
    public WaveCost CostOf(Wave wave)
    {
        var (serverBefore, loadBefore) = Until(wave.Begun);
        var (server, load) = Until(wave.Begun + wave.Time);
        return new WaveCost(wave.Time, server - serverBefore, load - loadBefore);
    }

    private (TimeSpan Server, TimeSpan Load) Until(DateTimeOffset moment)
    {
        var next = seen.FindIndex(look => look.At >= moment);
        if (next < 1)
            throw new InvalidOperationException("Processor times were not looked at before and after all came.");
        var (before, after) = (seen[next - 1], seen[next]);
        var part = (moment - before.At) / (after.At - before.At);
        return (before.Server + (part * (after.Server - before.Server)), before.Load + (part * (after.Load - before.Load)));
    }
}
