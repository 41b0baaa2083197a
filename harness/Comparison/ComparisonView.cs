using System.Globalization;
using System.Text;
using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Comparison;

/// <summary>The words of a comparison, for the text and for the page.</summary>
internal static class ComparisonView
{
    /// <summary>Longer values, such as certificates, are cut here; the JSON form has them whole.</summary>
    private const int MostCharacters = 120;

    public static string Heading(PhoneComparison phone) => Clean(
        $"{Both(phone.Before.Id, phone.After.Id)}: {Both(phone.Before.Model, phone.After.Model)}, {Both(phone.Before.Firmware, phone.After.Firmware)}; {Count(phone.CasesInBoth, "case")} in both");

    public static string Summary(RunComparison comparison)
    {
        var kinds = comparison.Phones.SelectMany(phone => phone.Verdicts).CountBy(change => change.Kind).ToDictionary();
        var words = new[]
        {
            Count(kinds.GetValueOrDefault(ChangeKind.Regression), "regression"),
            Count(kinds.GetValueOrDefault(ChangeKind.Improvement), "improvement"),
            Count(kinds.GetValueOrDefault(ChangeKind.Lost), "verdict") + " lost",
            Count(comparison.Phones.Sum(phone => phone.Items.Count), "item") + " changed",
            Count(comparison.Phones.Sum(phone => phone.Order.Count), "message order") + " changed",
            Count(comparison.Phones.Sum(phone => phone.Timing.Count), "time") + " changed",
        };
        return string.Join(", ", words);
    }

    /// <summary>What changed, without the sections in which nothing did.</summary>
    public static IReadOnlyList<ComparisonSection> Sections(PhoneComparison phone) =>
    [
        .. new[]
        {
            new ComparisonSection("Verdicts", ["", "Case", "Before", "Now", "Why"], Rows(phone.Verdicts, VerdictRow)),
            new ComparisonSection("Items", ["", "Item", "Before", "Now"], Rows(phone.Items, ItemRow)),
            new ComparisonSection("Message order", ["Case", "Exchange", "Before", "Now"], Rows(phone.Order, OrderRow)),
            new ComparisonSection("Timing", ["Case", "Exchange", "What", "Before", "Now"], Rows(phone.Timing, TimingRow)),
        }.Where(section => section.Rows.Count > 0),
    ];

    /// <summary>Control characters, which a terminal would obey, become visible.</summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsControl(letter))
                clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else
                clean.Append(letter);
        }

        return clean.ToString();
    }

    private static IReadOnlyList<IReadOnlyList<string>> Rows<T>(IReadOnlyList<T> changes, Func<T, string[]> row) =>
        [.. changes.Select(change => row(change).Select(Clean).ToArray())];

    private static string[] VerdictRow(VerdictChange change) =>
    [
        change.Kind.ToString().ToLowerInvariant(), $"{change.CaseId} {change.Title}", Word(change.Before), Word(change.After),
        string.Join("; ", new[] { change.BecameIncompatible ? "does not work with a service any more" : "", change.Why, change.Page > 0 ? string.Create(CultureInfo.InvariantCulture, $"WPI guide p.{change.Page}") : "" }.Where(word => word.Length > 0)),
    ];

    private static string[] ItemRow(ItemChange change) =>
    [
        change.Kind switch { ItemChangeKind.Added => "added", ItemChangeKind.Removed => "removed", ItemChangeKind.TypeChanged => $"type {change.BeforeType} -> {change.AfterType}", _ => "value" },
        change.Index is null ? change.Name : $"{change.Name}[{change.Index}]", Value(change.Before), Value(change.After),
    ];

    private static string[] OrderRow(OrderChange change) =>
        [change.CaseId, change.Step.ToString(CultureInfo.InvariantCulture), Step(change.Before, change.Step), Step(change.After, change.Step)];

    private static string[] TimingRow(TimingChange change) =>
    [
        change.CaseId, change.Step.ToString(CultureInfo.InvariantCulture), change.What, Time(change.BeforeMilliseconds), Time(change.AfterMilliseconds),
    ];

    private static string Step(IReadOnlyList<string> said, int step) => step <= said.Count ? said[step - 1] : "(no more messages)";

    private static string Time(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms");

    private static string Word(Verdict? verdict) => verdict is { } known ? ReportWriter.Word(known) : "(not run)";

    private static string Value(string? value) => value is null ? "-"
        : value.Length <= MostCharacters ? $"'{value}'"
        : string.Create(CultureInfo.InvariantCulture, $"'{value[..MostCharacters]}...' ({value.Length} characters)");

    private static string Both(string before, string after) => before == after ? before : $"{before} -> {after}";

    internal static string Count(int number, string word) => string.Create(CultureInfo.InvariantCulture, $"{number} {word}{(number == 1 ? "" : "s")}");
}
