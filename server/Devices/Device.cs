using OpenStage.Server.Deployment;
using OpenStage.Server.SecureMode;

namespace OpenStage.Server.Devices;

/// <summary>A phone as the server knows it.</summary>
public sealed record Device
{
    public required string Mac { get; init; }

    /// <summary>Item <c>device-type</c>, such as OpenStage 40 (WPI guide p.35).</summary>
    public string Model { get; init; } = "";

    /// <summary>Item <c>software-version</c>, such as V3 R3.24.0.</summary>
    public string Firmware { get; init; } = "";

    /// <summary>Item <c>contact-me-uri</c> as the phone gave it (p.27).</summary>
    public string ContactMeUri { get; init; } = "";

    /// <summary>Item <c>e164</c>, a secondary identifier (p.27).</summary>
    public string E164 { get; init; } = "";

    /// <summary>IP address the phone called from.</summary>
    public string Address { get; init; } = "";

    /// <summary>Where the phone stands, as an administrator wrote it; empty when nobody did.</summary>
    public string Location { get; init; } = "";

    /// <summary>That the phone is in Secure Mode; null means Default Mode (p.62).</summary>
    public DeviceSecureMode? SecureMode { get; init; }

    /// <summary>That the phone shall poll, for a phone that contact-me cannot reach (p.24); null means that it shall not.</summary>
    public DevicePolling? Polling { get; init; }

    /// <summary>When the phone last polled.</summary>
    public DateTimeOffset? LastPoll { get; init; }

    /// <summary>The image that was last sent to the phone, and when: the same is not sent again within 15 minutes (field).</summary>
    public SentSoftware? LastSoftware { get; init; }

    /// <summary>That an administrator refuses the phone: each of its messages is answered with CleanUp, and nothing is done with it.</summary>
    public bool Rejected { get; init; }

    public DateTimeOffset FirstSeen { get; init; }

    public DateTimeOffset LastSeen { get; init; }

    /// <summary>When all items were last read; null means never, and the phone is asked for them at its next start-up (p.34).</summary>
    public DateTimeOffset? ItemsRead { get; init; }

    /// <summary>When the server last sent a contact-me.</summary>
    public DateTimeOffset? LastContact { get; init; }

    /// <summary>When the phone last called with <c>solicited</c>; its contact gap counts from here.</summary>
    public DateTimeOffset? LastCallBack { get; init; }

    /// <summary>The phone's own contact gap in seconds, item <c>dls-contact-interval</c>.</summary>
    public int? ContactGapSeconds { get; init; }

    /// <summary>Contact-me requests in a row that brought no call.</summary>
    public int ContactFailures { get; init; }
}
