namespace OpenStage.Harness.Lab;

/// <summary>One actuator with two positions: power on and off, or a call begun and ended.</summary>
public sealed record LabActuator
{
    public required ActuatorKind Kind { get; init; }

    /// <summary>Of a command: program and arguments. Of a REST switch: the one URL. Of a prompt: empty.</summary>
    public IReadOnlyList<string> On { get; init; } = [];

    /// <summary>The same for the other position.</summary>
    public IReadOnlyList<string> Off { get; init; } = [];

    /// <summary>HTTP method of a REST switch: GET, POST or PUT. Default POST.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>How long it may take, 1 to 600 seconds. Default 30; a person at a prompt has 600.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
