using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.Rules;

/// <summary>One thing that the protocol asks for, in our own words.</summary>
public sealed record Rule
{
    /// <summary>Such as R-7.06-3: the section of the protocol reference and a number in it; never reused.</summary>
    public required string Id { get; init; }

    /// <summary>The section that the rule belongs to.</summary>
    public required RuleSection Section { get; init; }

    /// <summary>Page of the guide; null for what only manuals or the field know.</summary>
    public int? Page { get; init; }

    public required Level Level { get; init; }

    public required RuleSide Side { get; init; }

    public required RuleSource Source { get; init; }

    /// <summary>Ids of the conformance cases, and names of the golden transcripts of the service as service/NAME, that check it.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>Why nothing can check it, or empty.</summary>
    public string Reason { get; init; } = "";

    public required string Text { get; init; }

    /// <summary>True when neither a case checks it nor a reason says why none can.</summary>
    public bool IsOpen => Checks.Count == 0 && Reason.Length == 0;
}
