namespace OpenStage.Harness.Verdicts;

/// <summary>Where a case stands among those of its phone.</summary>
public enum CasePlace
{
    /// <summary>Wherever the seed puts it.</summary>
    Anywhere,

    /// <summary>Before all others. When it fails, no verdict on the phone would mean anything: it is a lab error.</summary>
    First,

    /// <summary>After all others; else as <see cref="First"/>.</summary>
    Last,
}
