namespace OpenStage.Harness.Rules;

/// <summary>All rules and the sections that they belong to.</summary>
public sealed record RuleBook(IReadOnlyList<RuleSection> Sections, IReadOnlyList<Rule> Rules)
{
    private readonly Lazy<ILookup<string, Rule>> byCheck = new(() =>
        Rules.SelectMany(rule => rule.Checks.Select(check => (check, rule))).ToLookup(pair => pair.check, pair => pair.rule));

    /// <summary>The rules that a case checks, in the order of the table.</summary>
    public IEnumerable<Rule> CheckedBy(string caseId) => byCheck.Value[caseId];

    /// <summary>How far the rules of each section are checked.</summary>
    public IReadOnlyList<RuleCoverage> Coverage() =>
        [.. Sections.Select(section => RuleCoverage.Of(section, Rules.Where(rule => rule.Section == section)))];
}
