using OpenStage.Harness.Live;
using OpenStage.Harness.Sessions;

namespace OpenStage.Conformance;

/// <summary>How a run treats what goes wrong.</summary>
public sealed record RunSettings
{
    /// <summary>How often a case that failed is tried again, 0 to 10.</summary>
    public int Retries { get; init; }

    /// <summary>What is around the lab; null for this machine as it is.</summary>
    public LabWorld? World { get; init; }

    /// <summary>Shown the run as it goes on, and asks people; null for a run that nobody watches.</summary>
    public LiveRun? Live { get; init; }

    /// <summary>
    /// True when a phone that has stopped answering gets no further case. False where phones are made to fall silent, as
    /// when the suite itself is tested.
    /// </summary>
    public bool EndsSilentPhones { get; init; } = true;
}
