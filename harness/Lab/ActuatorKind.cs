namespace OpenStage.Harness.Lab;

/// <summary>How an actuator works.</summary>
public enum ActuatorKind
{
    /// <summary>A program with arguments, such as snmpset for a PoE port or sipp for a call.</summary>
    Command,

    /// <summary>An HTTP request to a switch.</summary>
    Rest,

    /// <summary>A person is asked, on the console or in the browser.</summary>
    Prompt,
}
