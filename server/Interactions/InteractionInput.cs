using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Interactions;

/// <summary>What the machine may know of the world besides its state and the message.</summary>
internal sealed record InteractionInput
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>The phone as it was known before this message, or null.</summary>
    public Device? Device { get; init; }

    /// <summary>All jobs of the phone that are not over, in order of creation.</summary>
    public IReadOnlyList<Job> Jobs { get; init; } = [];

    /// <summary>Hash of the body, to know a repeated POST.</summary>
    public string BodyHash { get; init; } = "";

    /// <summary>IP address the phone called from.</summary>
    public string Address { get; init; } = "";

    /// <summary>After busy, phones before V3R3 are asked again after this time (WPI guide p.46).</summary>
    public TimeSpan BusyRetryInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Phones from V3R3 on that do not call when idle are contacted after this time.</summary>
    public TimeSpan IdleCallTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A restarted phone has this long to send start-up (p.50).</summary>
    public TimeSpan StartUpTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Most bytes a message, 50 kB by the guide (p.69).</summary>
    public int MaxMessageBytes { get; init; } = 50 * 1024;
}
