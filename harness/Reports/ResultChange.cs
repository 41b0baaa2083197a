namespace OpenStage.Harness.Reports;

/// <summary>What became of a result since the run before.</summary>
internal enum ResultChange
{
    /// <summary>Nothing that anybody has to look at.</summary>
    None,

    /// <summary>It fails the run now, and did not before.</summary>
    NewFailure,

    /// <summary>It failed the run before, and the phone does what it should now.</summary>
    Mended,

    /// <summary>It failed the run before, and does now.</summary>
    StillFailing,
}
