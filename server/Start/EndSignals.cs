using System.Runtime.InteropServices;

namespace OpenStage.Server.Start;

/// <summary>Ctrl-C and SIGTERM: the first asks for an end, the second for one at once, the third is the system's.</summary>
internal sealed class EndSignals : IDisposable
{
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource hurry = new();
    private readonly PosixSignalRegistration interrupted;
    private readonly PosixSignalRegistration terminated;
    private int count;

    public EndSignals()
    {
        interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
        terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);
    }

    /// <summary>Completes with the first signal.</summary>
    public Task Asked => asked.Task;

    /// <summary>Cancelled by the second signal.</summary>
    public CancellationToken Hurry => hurry.Token;

    public void Dispose()
    {
        interrupted.Dispose();
        terminated.Dispose();
        hurry.Dispose();
    }

    private void Take(PosixSignalContext signal)
    {
        var number = Interlocked.Increment(ref count);
        signal.Cancel = number <= 2;
        if (number == 2)
            hurry.Cancel();
        asked.TrySetResult();
    }
}
