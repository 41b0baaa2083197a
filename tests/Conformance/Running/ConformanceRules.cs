using OpenStage.Harness.Rules;

namespace OpenStage.Conformance;

/// <summary>The rules that the suite is measured by: rules.csv and sections.csv.</summary>
public static class ConformanceRules
{
    private const string SectionsFile = "sections.csv";
    private const string RulesFile = "rules.csv";

    private static readonly Lazy<RuleBook> Shipped = new(() =>
    {
        using var sections = Open(SectionsFile);
        using var rules = Open(RulesFile);
        return RuleBookReader.Read(sections, SectionsFile, rules, RulesFile);
    });

    public static RuleBook Book => Shipped.Value;

    private static StreamReader Open(string name) => new(typeof(ConformanceRules).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The suite was built without {name}."));
}
