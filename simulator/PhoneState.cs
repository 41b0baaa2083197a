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

    public required IReadOnlyList<string> Quirks { get; init; }

    /// <summary>What the service did otherwise than the guide says.</summary>
    public required IReadOnlyList<Observation> Observations { get; init; }
}
