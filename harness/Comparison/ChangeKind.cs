namespace OpenStage.Harness.Comparison;

/// <summary>What a changed verdict means for the phone.</summary>
public enum ChangeKind
{
    /// <summary>Worse than before, and no baseline expects it.</summary>
    Regression,

    /// <summary>Better than before.</summary>
    Improvement,

    /// <summary>Other than before, neither better nor worse for the phone.</summary>
    Other,

    /// <summary>There was a verdict on the phone before, and now there is none: not run, not applicable, or lab error.</summary>
    Lost,

    /// <summary>There was no verdict on the phone before.</summary>
    Gained,
}
