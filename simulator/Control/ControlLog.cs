using OpenStage.Protocol.Wire;

namespace OpenStage.Simulator.Control;

/// <summary>The last exchanges of the phones, for the control API and the front panels.</summary>
/// <param name="echo">Takes a line a message, or null.</param>
internal sealed class ControlLog(Action<string>? echo = null) : IExchangeLog
{
    private const int Most = 500;

    private readonly Lock gate = new();
    private readonly Queue<(long Number, HttpExchange Exchange)> exchanges = new();
    private long last;

    /// <summary>An exchange of the phone with this MAC address was added.</summary>
    public event Action<string>? Added;

    /// <summary>The exchanges of a phone with a number above this one, oldest first.</summary>
    public IReadOnlyList<(long Number, HttpExchange Exchange)> Of(string mac, long after = 0)
    {
        lock (gate)
            return [.. exchanges.Where(entry => entry.Number > after && entry.Exchange.Mac.Equals(mac, StringComparison.OrdinalIgnoreCase))];
    }

    public void Add(HttpExchange exchange)
    {
        lock (gate)
        {
            exchanges.Enqueue((++last, exchange));
            if (exchanges.Count > Most)
                exchanges.Dequeue();
        }

        Added?.Invoke(exchange.Mac);
        echo?.Invoke($"{exchange.Offset:hh\\:mm\\:ss\\.fff} {exchange.Mac} {exchange.Method} {exchange.RequestBody.Length} bytes -> {(exchange.Status is { } status ? $"{status}, {exchange.ResponseBody.Length} bytes" : exchange.Error)}");
    }
}
