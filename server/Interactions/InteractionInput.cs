using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;
using OpenStage.Server.Mobility;

namespace OpenStage.Server.Interactions;

/// <summary>What the machine may know of the world besides its state and the message.</summary>
internal sealed record InteractionInput
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>The phone as it was known before this message, or null.</summary>
    public Device? Device { get; init; }

    /// <summary>All jobs of the phone that are not over, in order of creation.</summary>
    public IReadOnlyList<Job> Jobs { get; init; } = [];

    /// <summary>SHA-256 of the certificate that the phone showed on the secure port, hex; empty on the default port.</summary>
    public string ClientThumbprint { get; init; } = "";

    /// <summary>The mobile user that the message, or its interaction, is about; null when there is none of that number.</summary>
    public MobileUser? MobileUser { get; init; }

    /// <summary>Hash of the body without its nonce, to know a repeated POST, and a phone that tells what it told before.</summary>
    public string BodyHash { get; init; } = "";

    /// <summary>True when this is a reply with all items of the phone, and the same as one that it told them with before: they need not be looked at.</summary>
    public bool IsTold { get; init; }

    /// <summary>IP address the phone called from.</summary>
    public string Address { get; init; } = "";

    /// <summary>The address under which the phone finds a file of a job, given by its position, in the server's file area (WPI guide p.53).</summary>
    public Func<Job, int, string> FileUrl { get; init; } =
        static (_, _) => throw new InvalidOperationException("There is no file area where no server is.");

    /// <summary>After busy, phones before V3R3 are asked again after this time (WPI guide p.46).</summary>
    public TimeSpan BusyRetryInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Phones from V3R3 on that do not call when idle are contacted after this time.</summary>
    public TimeSpan IdleCallTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A restarted phone has this long to send start-up (p.50).</summary>
    public TimeSpan StartUpTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A phone has this long to report on files (p.52); then it is asked which it has.</summary>
    public TimeSpan StatusTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A phone has this long to start with new software (p.56).</summary>
    public TimeSpan SoftwareTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The same image is not sent again within this time (field).</summary>
    public TimeSpan SameSoftwareInterval { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A phone has this long to call on the secure port; a person may have to enter a PIN (p.67).</summary>
    public TimeSpan SecureModeTimeout { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Most bytes a message, 50 kB by the guide (p.69).</summary>
    public int MaxMessageBytes { get; init; } = 50 * 1024;
}
