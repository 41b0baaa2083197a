using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.Evidence;

/// <summary>Keeps every exchange of a run, in order of completion, and tells when a new one is there.</summary>
public sealed class ExchangeRecorder(Action added) : IExchangeLog
{
    private readonly List<HttpExchange> exchanges = [];
    private readonly Dictionary<string, TimeSpan> last = [];
    private readonly Lock gate = new();

    public int Count
    {
        get
        {
            lock (gate)
                return exchanges.Count;
        }
    }

    public void Add(HttpExchange exchange)
    {
        lock (gate)
        {
            exchanges.Add(exchange);
            last[exchange.Mac] = exchange.Offset + exchange.Duration;
        }

        added();
    }

    /// <summary>When the last exchange with a phone ended, from the start of the lab; null when there was none.</summary>
    public TimeSpan? Last(string mac)
    {
        lock (gate)
            return last.TryGetValue(mac, out var offset) ? offset : null;
    }

    /// <summary>The exchanges from a position on, by the time they began.</summary>
    public IReadOnlyList<HttpExchange> From(int position)
    {
        lock (gate)
            return [.. exchanges.Skip(position).OrderBy(exchange => exchange.Offset).ThenBy(exchange => exchange.Sequence)];
    }
}
