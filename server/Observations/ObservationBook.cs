using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Observations;

/// <summary>The latest deviations from the guide, and who wants to hear of them.</summary>
public sealed class ObservationBook
{
    private const int Kept = 10_000;

    private readonly Lock gate = new();
    private readonly Queue<ObservedDeviation> latest = new();
    private readonly TimeProvider time;

    internal ObservationBook(TimeProvider time) => this.time = time;

    /// <summary>Raised after a deviation was taken down, on the thread that saw it.</summary>
    public event Action<ObservedDeviation>? Added;

    /// <summary>The latest 10,000 deviations, oldest first.</summary>
    public IReadOnlyList<ObservedDeviation> All
    {
        get
        {
            lock (gate)
                return [.. latest];
        }
    }

    internal void Add(string mac, Observation observation)
    {
        var seen = new ObservedDeviation(mac, time.GetUtcNow(), observation);
        lock (gate)
        {
            latest.Enqueue(seen);
            if (latest.Count > Kept)
                latest.Dequeue();
        }

        Added?.Invoke(seen);
    }
}
