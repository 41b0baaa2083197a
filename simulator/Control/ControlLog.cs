using OpenStage.Protocol.Wire;

namespace OpenStage.Simulator.Control;

/// <summary>The last exchanges of the phones, for the control API, and a line a message on the console.</summary>
internal sealed class ControlLog : IExchangeLog
{
    private const int Most = 500;

    private readonly Lock gate = new();
    private readonly Queue<HttpExchange> exchanges = new();

    public IReadOnlyList<HttpExchange> Exchanges
    {
        get
        {
            lock (gate)
                return [.. exchanges];
        }
    }

    public void Add(HttpExchange exchange)
    {
        lock (gate)
        {
            exchanges.Enqueue(exchange);
            if (exchanges.Count > Most)
                exchanges.Dequeue();
        }

        Console.WriteLine($"{exchange.Offset:hh\\:mm\\:ss\\.fff} {exchange.Mac} {exchange.Method} {exchange.RequestBody.Length} bytes -> {(exchange.Status is { } status ? $"{status}, {exchange.ResponseBody.Length} bytes" : exchange.Error)}");
    }
}
