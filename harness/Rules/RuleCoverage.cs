namespace OpenStage.Harness.Rules;

/// <summary>How far the rules of a section are checked; the last three add up to the first.</summary>
/// <param name="Checked">Rules that at least one case checks.</param>
/// <param name="Reasoned">Rules with a reason why no case can.</param>
/// <param name="Open">Rules with neither.</param>
public sealed record RuleCoverage(RuleSection Section, int Rules, int Checked, int Reasoned, int Open)
{
    internal static RuleCoverage Of(RuleSection section, IEnumerable<Rule> rules)
    {
        var all = rules.ToList();
        var found = all.Count(rule => rule.Checks.Count > 0);
        var open = all.Count(rule => rule.IsOpen);
        return new RuleCoverage(section, all.Count, found, all.Count - found - open, open);
    }
}
