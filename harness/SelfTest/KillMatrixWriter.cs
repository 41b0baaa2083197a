using System.Text;
using System.Text.Json;
using OpenStage.Harness.Reports;
using static System.FormattableString;

namespace OpenStage.Harness.SelfTest;

/// <summary>A kill matrix as text, as a page, and as JSON.</summary>
public static class KillMatrixWriter
{
    private const string Title = "Kill matrix: cases by quirks and faults";

    /// <summary>Lines for a console: a line a quirk with the cases that catch it, then what is wrong, then the shares.</summary>
    public static string Text(KillMatrix matrix)
    {
        var text = new StringBuilder();
        var pairs = matrix.Pairs.ToLookup(pair => pair.Quirk);
        var width = matrix.Quirks.Select(quirk => quirk.Name.Length).DefaultIfEmpty().Max();
        foreach (var quirk in matrix.Quirks)
            text.Append(Invariant($"{quirk.Id} {quirk.Name.PadRight(width)}  {Cases(pairs[quirk.Name])}\n"));
        foreach (var line in Problems(matrix))
            text.Append('\n').Append(line).Append('\n');
        return text.Append('\n').Append(Summary(matrix)).Append('\n').ToString();
    }

    /// <summary>One page that opens from disk without a network.</summary>
    public static string Html(KillMatrix matrix)
    {
        var page = new HtmlPage(Title);
        page.Element("h1", Title);
        page.Element("p", Summary(matrix), matrix.IsWhole ? "pass" : "fail");
        foreach (var line in Problems(matrix))
            page.Element("p", line, "banner");
        var byQuirk = matrix.Pairs.ToLookup(pair => pair.Quirk);
        page.Element("h2", "Quirks of phones and faults of services, and the cases that catch them");
        page.Table(["Id", "Name", "What it does", "Cases"],
            matrix.Quirks.Select(quirk => (string[])[quirk.Id, quirk.Name, quirk.Summary, Cases(byQuirk[quirk.Name])]),
            row => Style(byQuirk[row[1]]));
        var byCase = matrix.Pairs.ToLookup(pair => pair.Case);
        page.Element("h2", "Cases and what kills them");
        page.Table(["Case", "Title", "Without any", "Killed by"],
            matrix.Cases.Select(known => (string[])[known.Id, known.Title, ReportWriter.Word(known.WithoutQuirk), string.Join(", ", byCase[known.Id].Select(pair => Mark(pair, pair.Quirk)))]),
            row => Style(byCase[row[0]]));
        return page.ToString();
    }

    public static string Json(KillMatrix matrix) => JsonSerializer.Serialize(matrix, ReportJson.Options) + "\n";

    private static string Summary(KillMatrix matrix) => Invariant(
        $"{matrix.CasesKilled} of {matrix.Cases.Count} cases killed ({matrix.CasePercent} %), {matrix.QuirksCaught} of {matrix.Quirks.Count} quirks and faults caught ({matrix.QuirkPercent} %), {matrix.Survivors.Count} survivors; {matrix.Pairs.Count} pairs on {matrix.Model} {matrix.Firmware} and the service, seed {matrix.Seed}, {matrix.DurationSeconds:0.0} s");

    private static IEnumerable<string> Problems(KillMatrix matrix)
    {
        foreach (var error in matrix.LabErrors)
            yield return $"Lab error: {error}";
        var quirks = matrix.Quirks.ToDictionary(quirk => quirk.Name);
        foreach (var known in matrix.Cases.Where(known => known.WithoutQuirk != Verdict.Pass))
            yield return $"{known.Id} does not pass on the phone or service without any, so that nothing it says counts: {ReportWriter.Word(known.WithoutQuirk)}. {known.Reason}";
        var cases = matrix.Cases.ToDictionary(known => known.Id);
        foreach (var survivor in matrix.Survivors.Where(survivor => cases[survivor.Case].WithoutQuirk == Verdict.Pass))
        {
            yield return $"{survivor.Case} survives {survivor.Quirk}: {ReportWriter.Word(survivor.Verdict)}. {survivor.Told}\n"
                + $"    {quirks[survivor.Quirk].Summary} Expected was that the case fails, as it asks: {cases[survivor.Case].Requirement}";
        }

        foreach (var known in matrix.Unproven)
            yield return $"{known.Id} names nothing; name in Catches what it must fail on.";
        foreach (var quirk in matrix.Unseen)
            yield return $"{quirk.Name} is caught by no case: {quirk.Summary}";
    }

    private static string Cases(IEnumerable<Kill> pairs)
    {
        var text = string.Join(", ", pairs.Select(pair => Mark(pair, pair.Case)));
        return text.Length > 0 ? text : "(no case)";
    }

    private static string Mark(Kill pair, string name) => pair.IsKilled ? name : $"NOT {name}";

    private static string Style(IEnumerable<Kill> pairs) => pairs.Select(pair => pair.IsKilled).DefaultIfEmpty(false).All(killed => killed) ? "" : "fail";
}
