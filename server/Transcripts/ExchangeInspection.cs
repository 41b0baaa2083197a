using OpenStage.Protocol.Wire;

namespace OpenStage.Server.Transcripts;

/// <summary>The server's one inspection point: numbers exchanges and hands each to every log when it is over.</summary>
internal sealed class ExchangeInspection(TimeProvider time, IReadOnlyList<IExchangeLog> logs)
{
    private readonly DateTimeOffset start = time.GetUtcNow();
    private long sequence;

    /// <summary>When the offsets of exchanges are zero.</summary>
    public DateTimeOffset Start => start;

    public TimeSpan Offset => time.GetUtcNow() - start;

    /// <summary>Number of an exchange that begins now.</summary>
    public long NextSequence() => Interlocked.Increment(ref sequence);

    public void Add(HttpExchange exchange)
    {
        foreach (var log in logs)
            log.Add(exchange);
    }
}
