namespace OpenStage.Simulator.Wire;

/// <summary>
/// What a phone has to do, one thing after the other on threads of the pool. A resting phone has neither thread nor task:
/// thousands of them live in a process.
/// </summary>
internal sealed class Mailbox(IdleGate gate, Action<Exception> broken) : IThreadPoolWorkItem
{
    private readonly Queue<Action> letters = new();
    private TaskCompletionSource? ended;
    private bool isWorking;
    private bool isClosed;

    /// <summary>Puts something in; false when the mailbox is closed.</summary>
    public bool Post(Action letter)
    {
        lock (letters)
        {
            if (isClosed)
                return false;
            gate.Enter();
            letters.Enqueue(letter);
            if (!isWorking)
            {
                isWorking = true;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }

            return true;
        }
    }

    /// <summary>Takes nothing more; completes when the last letter is done.</summary>
    public Task CloseAsync()
    {
        lock (letters)
        {
            isClosed = true;
            if (!isWorking)
                return Task.CompletedTask;
            ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return ended.Task;
        }
    }

    public void Execute()
    {
        while (Next() is { } letter)
        {
            try
            {
                letter();
            }
            catch (Exception fault)
            {
                // Our own bug: said aloud, and the phone goes on.
                broken(fault);
            }
            finally
            {
                gate.Leave();
            }
        }
    }

    private Action? Next()
    {
        lock (letters)
        {
            if (letters.TryDequeue(out var letter))
                return letter;
            isWorking = false;
            letters.TrimExcess();
            ended?.TrySetResult();
            return null;
        }
    }
}
