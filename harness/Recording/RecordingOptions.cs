using System.Net;

namespace OpenStage.Harness.Recording;

/// <summary>Where a recording proxy stands.</summary>
public sealed record RecordingOptions
{
    /// <summary>The service that the phone belongs to.</summary>
    public required Uri Server { get; init; }

    /// <summary>Where the phone connects to, on loopback unless told otherwise.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 28443);

    /// <summary>Where the service's contact-me requests come in.</summary>
    public IPEndPoint ContactListen { get; init; } = new(IPAddress.Loopback, 28085);
}
