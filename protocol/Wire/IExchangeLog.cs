namespace OpenStage.Protocol.Wire;

/// <summary>The one inspection point of a component: every HTTP exchange passes here once, when it is over.</summary>
public interface IExchangeLog
{
    /// <summary>Takes a finished exchange. Must be quick and must not throw.</summary>
    void Add(HttpExchange exchange);
}
