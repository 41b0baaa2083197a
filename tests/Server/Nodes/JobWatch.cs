using System.Globalization;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Nodes;

/// <summary>Looks at each job of a store whenever it changes, and keeps the first end of each.</summary>
internal sealed class JobWatch : IDisposable
{
    private const string Topic = "job:";

    private readonly Lock gate = new();
    private readonly Dictionary<long, Job> ended = [];
    private readonly List<string> endedAgain = [];
    private readonly Database database;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JobWatch(Database database)
    {
        this.database = database;
        database.Changed += OnChanged;
    }

    /// <summary>Jobs that were changed after their end, with what they were and what they became.</summary>
    public IReadOnlyList<string> EndedAgain
    {
        get
        {
            lock (gate)
                return [.. endedAgain];
        }
    }

    /// <summary>Waits until the store is so; looks each time that something in it changes.</summary>
    public async Task UntilAsync(Func<StoreSession, bool> isSo, CancellationToken patience)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (changed.Task.IsCompleted)
                    changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                next = changed.Task;
            }

            if (database.Read(isSo))
                return;
            await next.WaitAsync(patience);
        }
    }

    public void Dispose() => database.Changed -= OnChanged;

    private void OnChanged(string topic)
    {
        if (topic.StartsWith(Topic, StringComparison.Ordinal))
            Look(long.Parse(topic.AsSpan(Topic.Length), CultureInfo.InvariantCulture));
        lock (gate)
            changed.TrySetResult();
    }

    private void Look(long id)
    {
        var job = database.Read(session => session.Job(id))!;
        lock (gate)
        {
            if (!ended.TryGetValue(id, out var first))
            {
                if (job.State.IsFinal())
                    ended.Add(id, job);
            }
            else if (job.State != first.State || job.History.Count != first.History.Count)
                endedAgain.Add($"{id}: {first.State} with {first.History.Count} lines, then {job.State} with {job.History.Count}: {job.History[^1].Text}");
        }
    }
}
