namespace OpenStage.Harness.Reproduction;

/// <summary>Which results of a run get files of their own.</summary>
public enum EvidenceChoice
{
    /// <summary>Those that did not go well.</summary>
    Failed,

    /// <summary>All that have exchanges.</summary>
    All,

    None,
}
