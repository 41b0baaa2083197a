namespace OpenStage.Server.Pages.Live;

/// <summary>One open page; keeps what it was not told yet, each topic once.</summary>
internal sealed class LiveListener(IReadOnlyCollection<string> wanted, Action<LiveListener> leave) : IDisposable
{
    private readonly Lock gate = new();
    private readonly HashSet<string> wanted = [.. wanted];
    private readonly SortedSet<string> untold = new(StringComparer.Ordinal);
    private TaskCompletionSource told = New();

    public void Tell(string topic)
    {
        // The page is told in its own words: at most as many as it asked for, whatever changes.
        var kind = $"{topic.Split(':')[0]}:*";
        lock (gate)
        {
            var isNew = (wanted.Contains(topic) && untold.Add(topic)) | (wanted.Contains(kind) && untold.Add(kind));
            if (isNew)
                told.TrySetResult();
        }
    }

    /// <summary>Completes when there is something to tell.</summary>
    public Task WaitAsync()
    {
        lock (gate)
            return told.Task;
    }

    /// <summary>All that was not told yet.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (gate)
        {
            string[] all = [.. untold];
            untold.Clear();
            if (told.Task.IsCompleted)
                told = New();
            return all;
        }
    }

    public void Dispose() => leave(this);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
