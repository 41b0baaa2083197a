using OpenStage.Harness.Clock;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.Time;

/// <summary>
/// Virtual time: when neither the server nor a phone has anything to do, the clock jumps. Nothing sleeps, and a phone
/// that does nothing for five minutes is found out at once.
/// </summary>
/// <param name="settle">Completes when server and phones have nothing to do at the present time.</param>
public sealed class VirtualLabTime(ManualClock clock, Func<CancellationToken, Task> settle) : ILabTime
{
    /// <summary>Real time after which a lab that does not come to rest is a lab error.</summary>
    private static readonly TimeSpan RestLimit = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private TaskCompletionSource pulse = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DateTimeOffset Now => clock.GetUtcNow();

    public void Pulse()
    {
        lock (gate)
        {
            pulse.TrySetResult();
            pulse = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public Task PassAsync(TimeSpan span) => UntilAsync(() => false, span);

    public async Task<bool> UntilAsync(Func<bool> condition, TimeSpan limit)
    {
        var passed = TimeSpan.Zero;
        while (true)
        {
            if (await RestOrHoldsAsync(condition))
                return true;
            if (passed >= limit)
                return false;

            var step = TimeSpan.FromTicks(Math.Min((limit - passed).Ticks, TimeSpan.TicksPerSecond * (passed.TotalSeconds < 30 ? 1 : 15)));
            passed += step;
            clock.Advance(step);
        }
    }

    /// <summary>Waits until the lab rests, or the condition holds before that.</summary>
    private async Task<bool> RestOrHoldsAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(RestLimit);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var rest = settle(stop.Token);
        try
        {
            while (true)
            {
                Task next;
                lock (gate)
                    next = pulse.Task;
                if (condition())
                    return true;
                if (rest.IsCompleted)
                {
                    await rest;
                    return condition();
                }

                await Task.WhenAny(rest, next);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new LabErrorException($"Server and phones did not come to rest within {RestLimit.TotalSeconds} s.",
                advice: "Run it again on a machine with less to do. When it happens again with the same seed, it is a fault of the lab: give report.json to whoever maintains it.");
        }
        finally
        {
            await stop.CancelAsync();
            _ = rest.ContinueWith(static task => _ = task.Exception, TaskScheduler.Default);
        }
    }
}
