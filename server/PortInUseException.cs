using System.Net;

namespace OpenStage.Server;

/// <summary>A listener could not be opened.</summary>
public sealed class PortInUseException(IPEndPoint endPoint, Exception inner)
    : IOException($"Port {endPoint.Port} on {endPoint.Address} cannot be listened on: {inner.Message}", inner)
{
    public IPEndPoint EndPoint { get; } = endPoint;
}
