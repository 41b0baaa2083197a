namespace OpenStage.Harness.Time;

/// <summary>Time of cases: every wait ends with an <see cref="OperationCanceledException"/> when the run is interrupted.</summary>
internal sealed class InterruptibleTime(ILabTime inner, CancellationToken interruption) : ILabTime
{
    public DateTimeOffset Now => inner.Now;

    public Task PassAsync(TimeSpan span) => UntilAsync(() => false, span);

    public async Task<bool> UntilAsync(Func<bool> condition, TimeSpan limit)
    {
        interruption.ThrowIfCancellationRequested();
        var holds = await inner.UntilAsync(() => interruption.IsCancellationRequested || condition(), limit);
        interruption.ThrowIfCancellationRequested();
        return holds;
    }

    public void Pulse() => inner.Pulse();
}
