using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Csv;

namespace OpenStage.Harness.Rules;

/// <summary>Reads the tables of sections and rules: comma-separated values with one header line.</summary>
public static partial class RuleBookReader
{
    private const int MostPages = 1000;

    private static readonly string[] SectionColumns = ["section", "title", "guide", "pages"];

    private static readonly string[] RuleColumns = ["id", "page", "level", "side", "source", "checks", "reason", "rule"];

    private static readonly FrozenDictionary<string, Level> Levels = Words<Level>();

    private static readonly FrozenDictionary<string, RuleSide> Sides = Words<RuleSide>();

    private static readonly FrozenDictionary<string, RuleSource> Sources = Words<RuleSource>();

    /// <param name="sectionsFile">Name of the table of sections in error messages.</param>
    /// <param name="rulesFile">Name of the table of rules in error messages.</param>
    /// <exception cref="FormatException">A table is broken; the message names file, line, column, value and what is allowed.</exception>
    public static RuleBook Read(TextReader sections, string sectionsFile, TextReader rules, string rulesFile)
    {
        var known = Sections(new CsvTable(sections, sectionsFile, SectionColumns));
        return new RuleBook([.. known.Values], Rules(new CsvTable(rules, rulesFile, RuleColumns), known));
    }

    private static OrderedDictionary<string, RuleSection> Sections(CsvTable table)
    {
        var sections = new OrderedDictionary<string, RuleSection>(StringComparer.Ordinal);
        while (table.Next())
        {
            var number = table.Text("section");
            if (!SectionNumber().IsMatch(number) || sections.ContainsKey(number))
                throw table.Wrong("section", "a number such as 7.06 that no other section has");
            sections.Add(number, new RuleSection(number, table.Needed("title"), table.List("guide"), Pages(table)));
        }

        return sections;
    }

    private static List<int> Pages(CsvTable table)
    {
        var pages = new List<int>();
        foreach (var part in table.List("pages"))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !TryPage(ends[0], out var first) || !TryPage(ends[^1], out var last) || last < first)
                throw table.Wrong("pages", "pages and ranges such as 30 34-36");
            pages.AddRange(Enumerable.Range(first, last - first + 1));
        }

        return pages;
    }

    private static List<Rule> Rules(CsvTable table, OrderedDictionary<string, RuleSection> sections)
    {
        var rules = new List<Rule>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (table.Next())
        {
            var id = RuleId().Match(table.Text("id"));
            if (!id.Success || !ids.Add(id.Value))
                throw table.Wrong("id", "an id such as R-7.06-3 that no other rule has");
            if (!sections.TryGetValue(id.Groups["section"].Value, out var section))
                throw table.Wrong("id", $"a section of the reference: {string.Join(", ", sections.Keys)}");
            rules.Add(Rule(table, section));
        }

        return rules;
    }

    private static Rule Rule(CsvTable table, RuleSection section)
    {
        var source = table.Word("source", Sources);
        var level = table.Word("level", Levels);
        if (source != RuleSource.Guide && level != Level.Informational)
            throw table.Wrong("level", "informational, as the source is not the guide");
        var page = Page(table, section);
        if (source == RuleSource.Guide && page is null)
            throw table.Wrong("page", "a page, as the source is the guide");
        var rule = new Rule
        {
            Id = table.Text("id"),
            Section = section,
            Page = page,
            Level = level,
            Side = table.Word("side", Sides),
            Source = source,
            Checks = table.List("checks"),
            Reason = table.Text("reason"),
            Text = table.Needed("rule"),
        };
        if (rule.Checks.Count > 0 && rule.Reason.Length > 0)
            throw table.Wrong("reason", "nothing, as cases check the rule");
        if (rule.Checks.Distinct(StringComparer.Ordinal).Count() < rule.Checks.Count)
            throw table.Wrong("checks", "each case once");
        return rule;
    }

    private static int? Page(CsvTable table, RuleSection section)
    {
        if (table.Text("page").Length == 0)
            return null;
        if (!TryPage(table.Text("page"), out var page) || !section.Pages.Contains(page))
            throw table.Wrong("page", $"a page that section {section.Number} rests on: {(section.Pages.Count == 0 ? "none" : string.Join(", ", section.Pages))}");
        return page;
    }

    private static bool TryPage(string text, out int page) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out page) && page is > 0 and <= MostPages;

    private static FrozenDictionary<string, T> Words<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToFrozenDictionary(value => value.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    [GeneratedRegex(@"^\d{1,2}(\.\d\d)?$", RegexOptions.CultureInvariant)]
    private static partial Regex SectionNumber();

    [GeneratedRegex(@"^R-(?<section>\d{1,2}(\.\d\d)?)-[1-9]\d?$", RegexOptions.CultureInvariant)]
    private static partial Regex RuleId();
}
