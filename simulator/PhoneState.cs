using OpenStage.Protocol.Messages;

namespace OpenStage.Simulator;

/// <summary>What an emulated phone is doing.</summary>
public sealed record PhoneState
{
    public required string Mac { get; init; }

    public required string Model { get; init; }

    public required string Firmware { get; init; }

    public required string ContactMeUri { get; init; }

    public required bool On { get; init; }

    public required bool Booting { get; init; }

    public required bool InCall { get; init; }

    /// <summary>The volatile flag: call when idle (WPI guide p.72).</summary>
    public required bool SendSolicited { get; init; }

    public required bool InInteraction { get; init; }

    /// <summary>Key modules that are plugged in.</summary>
    public required int KeyModules { get; init; }

    public required bool SecureMode { get; init; }

    /// <summary>True while the phone asks for a PIN (WPI guide p.65).</summary>
    public required bool PinWanted { get; init; }

    /// <summary>The mobile user, or empty.</summary>
    public required string MobileUser { get; init; }

    /// <summary>What the display shows, line by line.</summary>
    public required IReadOnlyList<string> Display { get; init; }

    /// <summary>The files that were deployed and stored.</summary>
    public required IReadOnlyList<StoredFileState> Files { get; init; }

    public required IReadOnlyList<string> Quirks { get; init; }

    /// <summary>What the service did otherwise than the guide says.</summary>
    public required IReadOnlyList<Observation> Observations { get; init; }
}
