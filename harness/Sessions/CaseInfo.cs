using OpenStage.Harness.Phones;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.Sessions;

/// <summary>What a case checks and where the guide says so.</summary>
public sealed record CaseInfo
{
    public required string Id { get; init; }

    public required string Section { get; init; }

    public required int Page { get; init; }

    /// <summary>The case's name as a sentence.</summary>
    public required string Title { get; init; }

    public required Level Level { get; init; }

    /// <summary>What the guide asks for, in our words.</summary>
    public required string Requirement { get; init; }

    public Maturity Maturity { get; init; } = Maturity.EmulatorProven;

    /// <summary>Ids of the rules that it checks.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    public Capability Needs { get; init; }

    /// <summary>What a service must be able to do, for cases of the server suite.</summary>
    public ServiceCapability ServiceNeeds { get; init; }

    /// <summary>Where it stands among the cases of a phone.</summary>
    public CasePlace Place { get; init; }

    /// <summary>True for a case that asks for what does not exist: a phone that says yes to it says yes to anything.</summary>
    public bool IsProbe { get; init; }

    /// <summary>Quirks of a phone, or faults of a service, that this case must catch.</summary>
    public IReadOnlyList<string> Catches { get; init; } = [];
}
