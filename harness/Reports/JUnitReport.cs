using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace OpenStage.Harness.Reports;

/// <summary>junit.xml as CI systems read it: failures are the phone's, errors the lab's.</summary>
internal static class JUnitReport
{
    public static byte[] Write(RunReport report)
    {
        var cases = report.Cases.ToDictionary(entry => entry.Id);
        var suites = report.Phones.Select(phone => Suite(report, phone, cases)).ToList();
        if (report.LabErrors.Count > 0)
            suites.Add(Suite("lab", "The lab runs", "error", "lab-error", report.LabErrors));
        if (report.BaselineErrors.Count > 0)
            suites.Add(Suite("baseline", "The baseline is up to date", "failure", "expired", report.BaselineErrors));
        var root = new XElement("testsuites", suites);

        using var output = new MemoryStream();
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
            root.Save(xml);
        return output.ToArray();
    }

    private static XElement Suite(RunReport report, PhoneEntry phone, Dictionary<string, CaseEntry> cases)
    {
        var results = report.Results.Where(result => result.PhoneId == phone.Id).ToList();
        return new XElement("testsuite",
            Name($"{phone.Id} {phone.Model} {phone.Firmware}"),
            Count("tests", results, _ => true),
            Count("failures", results, IsFailure),
            Count("errors", results, result => result.Verdict == Verdict.LabError),
            Count("skipped", results, IsSkipped),
            new XAttribute("time", Seconds(results.Sum(result => result.DurationMilliseconds))),
            new XAttribute("timestamp", report.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
            new XAttribute("hostname", Clean(phone.Address)),
            new XElement("properties",
                Property("seed", report.Seed.ToString(CultureInfo.InvariantCulture)),
                Property("lab file", report.LabFile),
                Property("mac", phone.Mac),
                Property("quirks", string.Join(' ', phone.Quirks))),
            results.Select(result => TestCase(result, cases[result.CaseId])));
    }

    /// <summary>A suite for what is wrong with no case: a test case a problem.</summary>
    private static XElement Suite(string name, string title, string element, string type, IReadOnlyList<string> problems) => new("testsuite",
        Name(name),
        new XAttribute("tests", problems.Count), new XAttribute("failures", element == "failure" ? problems.Count : 0),
        new XAttribute("errors", element == "error" ? problems.Count : 0), new XAttribute("skipped", 0), new XAttribute("time", Seconds(0)),
        problems.Select(problem => new XElement("testcase",
            new XAttribute("classname", name), Name(title), new XAttribute("time", Seconds(0)),
            new XElement(element, new XAttribute("message", Clean(problem)), new XAttribute("type", type), Clean(problem)))));

    private static XElement TestCase(ResultEntry result, CaseEntry entry)
    {
        var element = new XElement("testcase",
            new XAttribute("classname", Clean($"WPI guide {entry.Section}")),
            Name($"{entry.Id} {entry.Title}"),
            new XAttribute("time", Seconds(result.DurationMilliseconds)));
        if (IsFailure(result))
            element.Add(Problem("failure", result, result.Expected.Length > 0 ? $"expected {result.Expected}, got {result.Actual}" : result.Reason, entry));
        else if (result.Verdict == Verdict.LabError)
            element.Add(Problem("error", result, result.Reason, entry));
        else if (IsSkipped(result))
            element.Add(new XElement("skipped", new XAttribute("message", Clean(result.Reason))));
        else if (result.Verdict != Verdict.Pass)
            element.Add(new XElement("system-out", Clean($"{result.Verdict}: expected {result.Expected}, got {result.Actual}{(result.Verdict == Verdict.ExpectedFailure ? $". {result.Reason}" : "")}")));
        return element;
    }

    private static XElement Problem(string name, ResultEntry result, string message, CaseEntry entry) => new(name,
        new XAttribute("message", Clean(message)),
        new XAttribute("type", ReportWriter.Word(result.Verdict)),
        Clean($"{entry.Requirement} (WPI guide p.{entry.Page})\n{result.Reason}\nExpected: {result.Expected}\nActual: {result.Actual}"));

    private static bool IsFailure(ResultEntry result) => RunSummary.Fails(result.Verdict);

    private static bool IsSkipped(ResultEntry result) => result.Verdict is Verdict.NotApplicable or Verdict.Skipped;

    private static XAttribute Count(string name, List<ResultEntry> results, Func<ResultEntry, bool> which) => new(name, results.Count(which));

    private static XAttribute Name(string text) => new("name", Clean(text));

    private static XElement Property(string name, string value) =>
        new("property", new XAttribute("name", name), new XAttribute("value", Clean(value)));

    private static string Seconds(double milliseconds) => (milliseconds / 1000).ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>Characters that XML cannot carry become visible: \u0000.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                clean.Append(text[i]).Append(text[++i]);
            else if (XmlConvert.IsXmlChar(text[i]))
                clean.Append(text[i]);
            else
                clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
        }

        return clean.ToString();
    }
}
