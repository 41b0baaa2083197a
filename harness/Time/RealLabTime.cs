namespace OpenStage.Harness.Time;

/// <summary>Time as it goes by, for labs with a physical phone.</summary>
internal sealed class RealLabTime(TimeProvider time) : ILabTime
{
    /// <summary>How often a condition is looked at that nobody has told of.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private TaskCompletionSource pulse = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DateTimeOffset Now => time.GetUtcNow();

    public void Pulse()
    {
        lock (gate)
        {
            pulse.TrySetResult();
            pulse = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public Task PassAsync(TimeSpan span) => Task.Delay(span, time);

    public async Task<bool> UntilAsync(Func<bool> condition, TimeSpan limit)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            Task next;
            lock (gate)
                next = pulse.Task;
            if (condition())
                return true;
            var left = limit - time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                return false;
            using var stop = new CancellationTokenSource();
            await Task.WhenAny(next, Task.Delay(left < Look ? left : Look, time, stop.Token));
            await stop.CancelAsync();
        }
    }
}
