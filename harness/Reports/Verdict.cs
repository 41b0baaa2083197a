namespace OpenStage.Harness.Reports;

/// <summary>What a case says about a phone.</summary>
public enum Verdict
{
    /// <summary>The phone does what the guide asks for.</summary>
    Pass,

    /// <summary>The phone does not do what the guide demands.</summary>
    Fail,

    /// <summary>It works, but not as the guide says.</summary>
    NonStrict,

    /// <summary>A deviation from what is known from the field or deduced; counts for nothing.</summary>
    Informational,

    /// <summary>The phone, or the lab with it, cannot do what the case is about.</summary>
    NotApplicable,

    /// <summary>The case was not run.</summary>
    Skipped,

    /// <summary>The lab itself failed; says nothing about the phone.</summary>
    LabError,

    /// <summary>Failed, as the baseline expects.</summary>
    ExpectedFailure,

    /// <summary>Passed though the baseline expects it to fail; fails the run.</summary>
    UnexpectedPass,

    /// <summary>Passed in some of several tries only.</summary>
    Flaky,
}
