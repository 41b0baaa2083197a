using Microsoft.Extensions.Logging.Abstractions;
using OpenStage.Protocol.Wire;

namespace OpenStage.Simulator;

/// <summary>What an emulated phone has around it; the phones of a fleet share it.</summary>
internal sealed record PhoneSurroundings
{
    public required TimeProvider Time { get; init; }

    public IExchangeLog? Exchanges { get; init; }

    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>
    /// Places for those that open a connection, until the first answer on it; null for no limit. With it a storm of
    /// thousands waits, and a phone's own time limits begin when its turn comes.
    /// </summary>
    public SemaphoreSlim? Places { get; init; }
}
