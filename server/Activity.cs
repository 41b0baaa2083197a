namespace OpenStage.Server;

/// <summary>Counts what is under way, so that virtual time knows when nothing is.</summary>
internal sealed class Activity
{
    private readonly Lock gate = new();
    private int running;
    private TaskCompletionSource idle = Completed();

    /// <summary>Something begins; it ends when the result is disposed.</summary>
    public Running Begin()
    {
        lock (gate)
        {
            if (running++ == 0)
                idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return new Running(this);
    }

    public async Task WhenIdleAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task wait;
            lock (gate)
            {
                if (running == 0)
                    return;
                wait = idle.Task;
            }

            await wait.WaitAsync(cancellation);
        }
    }

    private void End()
    {
        lock (gate)
        {
            if (--running == 0)
                idle.TrySetResult();
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    /// <summary>One thing under way.</summary>
    public sealed class Running(Activity activity) : IDisposable
    {
        private int over;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref over, 1) == 0)
                activity.End();
        }
    }
}
