using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenStage.Conformance;
using OpenStage.Harness.Rules;
using Spectre.Console;
using Rule = OpenStage.Harness.Rules.Rule;

namespace OpenStage.Lab;

/// <summary><c>lab rules</c>: which rules of the protocol the suite checks, and why it does not check the others.</summary>
internal static class RulesVerb
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Command()
    {
        var missing = new Option<bool>("--missing") { Description = "The rules that no case checks, with the reason." };
        var json = new Option<bool>("--json") { Description = "Everything as JSON." };
        var verb = new Command("rules", "Says how far the cases cover the rules of the protocol, section by section.\n\nExample: lab rules --missing") { missing, json };
        verb.SetAction(parsed => Show(ConformanceRules.Book, parsed.GetValue(missing), parsed.GetValue(json)));
        return verb;
    }

    private static int Show(RuleBook book, bool missing, bool json)
    {
        var rules = book.Rules.Where(rule => !missing || rule.Checks.Count == 0).ToList();
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(Answer(book, rules), Form));
        else if (missing)
            ShowRules(rules);
        else
            ShowCoverage(book);
        return LabCommand.Good;
    }

    private static void ShowRules(IReadOnlyList<Rule> rules)
    {
        foreach (var rule in rules)
        {
            var page = rule.Page is { } number ? string.Create(CultureInfo.InvariantCulture, $"p.{number}") : Word(rule.Source);
            Console.WriteLine($"{rule.Id} {page} {Word(rule.Level)} {Word(rule.Side)}: {rule.Text}");
            Console.WriteLine($"    {(rule.IsOpen ? "open" : rule.Reason)}");
        }
    }

    private static void ShowCoverage(RuleBook book)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Section", "Title", "Guide");
        foreach (var name in new[] { "Rules", "Checked", "Reason", "Open" })
            table.AddColumn(new TableColumn(name).RightAligned());
        var coverage = book.Coverage();
        foreach (var line in coverage)
            table.AddRow([line.Section.Number, line.Section.Title, string.Join(", ", line.Section.Guide), .. Counts(line.Rules, line.Checked, line.Reasoned, line.Open)]);
        table.AddRow(["", "All", "", .. Counts(coverage.Sum(line => line.Rules), coverage.Sum(line => line.Checked), coverage.Sum(line => line.Reasoned), coverage.Sum(line => line.Open))]);
        AnsiConsole.Write(table);
    }

    private static object Answer(RuleBook book, IReadOnlyList<Rule> rules) => new
    {
        Sections = book.Coverage().Select(line => new
        {
            Section = line.Section.Number,
            line.Section.Title,
            line.Section.Guide,
            line.Section.Pages,
            line.Rules,
            line.Checked,
            Reason = line.Reasoned,
            line.Open,
        }),
        Rules = rules.Select(rule => new
        {
            rule.Id,
            Section = rule.Section.Number,
            rule.Page,
            rule.Level,
            rule.Side,
            rule.Source,
            rule.Checks,
            rule.Reason,
            Rule = rule.Text,
        }),
    };

    private static IEnumerable<string> Counts(params int[] counts) => counts.Select(count => count.ToString(CultureInfo.InvariantCulture));

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
