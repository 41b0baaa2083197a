using OpenStage.Harness.Rules;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.Reports;

/// <summary>A rule of the protocol as a report shows it.</summary>
public sealed record RuleEntry
{
    public required string Id { get; init; }

    /// <summary>Section of the protocol reference, such as 7.06.</summary>
    public required string Section { get; init; }

    public required string SectionTitle { get; init; }

    /// <summary>Page of the guide; null for what only manuals or the field know.</summary>
    public int? Page { get; init; }

    public required Level Level { get; init; }

    public required RuleSide Side { get; init; }

    public required RuleSource Source { get; init; }

    public required string Text { get; init; }

    /// <summary>Ids of the cases, and names of golden transcripts as service/NAME, that check it.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>Why nothing can check it, or empty.</summary>
    public string Reason { get; init; } = "";

    public static RuleEntry Of(Rule rule) => new()
    {
        Id = rule.Id,
        Section = rule.Section.Number,
        SectionTitle = rule.Section.Title,
        Page = rule.Page,
        Level = rule.Level,
        Side = rule.Side,
        Source = rule.Source,
        Text = rule.Text,
        Checks = rule.Checks,
        Reason = rule.Reason,
    };
}
