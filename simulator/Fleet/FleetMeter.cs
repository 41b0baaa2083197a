using System.Collections.Concurrent;

namespace OpenStage.Simulator.Fleet;

/// <summary>Counts what the phones of a fleet do. Any thread may count; nobody waits for another.</summary>
internal sealed class FleetMeter
{
    /// <summary>Kinds of errors that are told apart.</summary>
    private const int MostKinds = 100;

    private readonly int[] standings = new int[Enum.GetValues<PhoneStanding>().Length];
    private readonly ConcurrentDictionary<string, StrongCount> errors = new(StringComparer.Ordinal);
    private long interactions;
    private long messages;
    private long sent;
    private long received;

    public LatencyHistogram Connect { get; } = new();

    public LatencyHistogram Handshake { get; } = new();

    public LatencyHistogram Answer { get; } = new();

    /// <summary>Interactions that came to their end.</summary>
    public long Interactions => Interlocked.Read(ref interactions);

    /// <summary>Messages that were answered.</summary>
    public long Messages => Interlocked.Read(ref messages);

    /// <summary>Bytes of messages with their HTTP heads.</summary>
    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Bytes of answers without their heads.</summary>
    public long Received => Interlocked.Read(ref received);

    /// <summary>Errors by kind, the most frequent first.</summary>
    public IReadOnlyList<FleetError> Errors =>
        [.. errors.Select(pair => new FleetError(pair.Key, pair.Value.Count)).OrderByDescending(error => error.Count).ThenBy(error => error.Kind, StringComparer.Ordinal)];

    public int Standing(PhoneStanding standing) => Volatile.Read(ref standings[(int)standing]);

    public void Move(PhoneStanding? from, PhoneStanding to)
    {
        if (from is { } left)
            Interlocked.Decrement(ref standings[(int)left]);
        Interlocked.Increment(ref standings[(int)to]);
    }

    public void Ended() => Interlocked.Increment(ref interactions);

    public void Answered(TimeSpan span, int sentBytes, int receivedBytes)
    {
        Answer.Add(span);
        Interlocked.Increment(ref messages);
        Interlocked.Add(ref sent, sentBytes);
        Interlocked.Add(ref received, receivedBytes);
    }

    public void Failed(string kind)
    {
        if (errors.Count >= MostKinds && !errors.ContainsKey(kind))
            kind = "other";
        errors.GetOrAdd(kind, static _ => new StrongCount()).Add();
    }

    private sealed class StrongCount
    {
        private long count;

        public long Count => Interlocked.Read(ref count);

        public void Add() => Interlocked.Increment(ref count);
    }
}
