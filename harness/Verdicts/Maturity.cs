namespace OpenStage.Harness.Verdicts;

/// <summary>How far a case may be trusted.</summary>
public enum Maturity
{
    /// <summary>Written down; nothing has shown yet that it can fail.</summary>
    Proposed,

    /// <summary>Passes on the emulator, and fails on an emulator that wears a quirk it is to catch.</summary>
    EmulatorProven,

    /// <summary>Has run against a physical phone.</summary>
    SeenOnHardware,

    /// <summary>Its verdicts on physical phones have been right for long.</summary>
    Stable,
}
