using OpenStage.Protocol.Wire;

namespace OpenStage.Server.Transcripts;

/// <summary>The latest 1,000 exchanges, masked, for the administration.</summary>
internal sealed class RecentExchanges : IExchangeLog
{
    private const int Kept = 1000;

    private readonly Lock gate = new();
    private readonly Queue<TranscriptEntry> latest = new();

    /// <summary>Raised with the phone's MAC address after an exchange was taken down, on the thread that saw it.</summary>
    public event Action<string>? Added;

    public void Add(HttpExchange exchange)
    {
        var entry = TranscriptEntry.Of(exchange);
        lock (gate)
        {
            latest.Enqueue(entry);
            if (latest.Count > Kept)
                latest.Dequeue();
        }

        Added?.Invoke(entry.Mac);
    }

    public IReadOnlyList<TranscriptEntry> Of(string? mac)
    {
        lock (gate)
            return [.. latest.Where(entry => mac is null || entry.Mac == mac)];
    }
}
