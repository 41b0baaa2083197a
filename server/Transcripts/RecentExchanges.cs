using OpenStage.Protocol.Wire;

namespace OpenStage.Server.Transcripts;

/// <summary>
/// The latest 1,000 exchanges, or as many as 32 MB hold, for the administration. They are masked when somebody looks:
/// a storm of phones is never looked at whole.
/// </summary>
internal sealed class RecentExchanges : IExchangeLog
{
    private const int Kept = 1000;
    private const long KeptBytes = 32 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly Queue<HttpExchange> latest = new();
    private long bytes;

    /// <summary>Raised with the phone's MAC address after an exchange was taken down, on the thread that saw it.</summary>
    public event Action<string>? Added;

    public void Add(HttpExchange exchange)
    {
        lock (gate)
        {
            latest.Enqueue(exchange);
            bytes += Size(exchange);
            while (latest.Count > Kept || (bytes > KeptBytes && latest.Count > 1))
                bytes -= Size(latest.Dequeue());
        }

        Added?.Invoke(exchange.Mac);
    }

    public IReadOnlyList<TranscriptEntry> Of(string? mac)
    {
        HttpExchange[] found;
        lock (gate)
            found = [.. latest.Where(exchange => mac is null || exchange.Mac == mac)];
        return [.. found.Select(TranscriptEntry.Of)];
    }

    private static long Size(HttpExchange exchange) => exchange.RequestBody.Length + exchange.ResponseBody.Length;
}
