namespace OpenStage.Harness.Lab;

/// <summary>What moves a physical phone where the wire cannot; null for what the lab has not.</summary>
/// <param name="Power">Switches the phone's power; never a prompt.</param>
/// <param name="Call">Starts and ends a call.</param>
/// <param name="LocalChange">Changes a setting at the phone; always a prompt.</param>
public sealed record LabActuators(LabActuator? Power, LabActuator? Call, LabActuator? LocalChange)
{
    public static LabActuators None { get; } = new(null, null, null);
}
