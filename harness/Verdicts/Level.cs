namespace OpenStage.Harness.Verdicts;

/// <summary>How strongly the guide asks for something.</summary>
public enum Level
{
    /// <summary>A phone that does otherwise fails.</summary>
    Must,

    /// <summary>A phone that does otherwise works, but not as the guide says.</summary>
    Should,

    /// <summary>Known from the field or deduced; reported, never counted.</summary>
    Informational,
}
