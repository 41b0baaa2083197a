using OpenStage.Server.Description;

namespace OpenStage.Server.SecureMode;

/// <summary>How a phone shall be brought to Secure Mode (WPI guide p.62-68).</summary>
public sealed record NewSecureMode
{
    /// <summary>
    /// True when a PIN must be entered at the phone, which opens what it was sent and proves who is there; false when the
    /// phone changes to Secure Mode by itself.
    /// </summary>
    [Allowed(IsNeeded = true)]
    public bool? Pin { get; init; }

    /// <summary>The PIN, 4 to 32 letters, digits or signs; null for one that the server makes up and tells in its answer.</summary>
    [Allowed(Shortest = 4, Longest = 32)]
    public string? PinValue { get; init; }

    /// <summary>How often the PIN may be entered, 1 to 10; default 3.</summary>
    [Allowed(Least = 1, Most = 10)]
    public int? MaxPinRetries { get; init; }
}
