namespace OpenStage.Harness.Lab;

/// <summary>What a phone under test is made of.</summary>
public enum PhoneKind
{
    /// <summary>The simulator's, in this process.</summary>
    Emulated,

    /// <summary>A real one, or any other that is reached by its address alone.</summary>
    Physical,
}
