using System.Text.Json;
using NUnit.Framework;
using OpenStage.Harness.Comparison;
using OpenStage.Harness.Reports;
using static OpenStage.Harness.Tests.Reports.SampleRun;

namespace OpenStage.Harness.Tests.Comparison;

[TestFixture]
public sealed class RunSideTests
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("openstage-side-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_run_is_named_by_its_folder_or_its_file_and_a_phone_behind_it()
    {
        ReportWriter.Write(Of(Result(Verdict.Pass)), folder);
        Assert.That(RunSide.Read(folder).Phone, Is.Null);
        Assert.That(RunSide.Read(Path.Combine(folder, "report.json")).Report.Seed, Is.EqualTo(7));
        Assert.That(RunSide.Read(folder + "#os40").Phone, Is.EqualTo("os40"));
    }

    [Test]
    public void A_folder_may_have_a_number_sign_in_its_name()
    {
        var odd = Path.Combine(folder, "night#1");
        ReportWriter.Write(Of(Result(Verdict.Pass)), odd);
        Assert.That(RunSide.Read(odd).Phone, Is.Null);
        Assert.That(RunSide.Read(odd + "#os40").Phone, Is.EqualTo("os40"));
    }

    [Test]
    public void A_phone_that_the_run_does_not_have_is_refused()
    {
        ReportWriter.Write(Of(Result(Verdict.Pass)), folder);
        Assert.That(() => RunSide.Read(folder + "#os41"), Throws.TypeOf<FormatException>().With.Message.EndsWith("report.json: phones: 'os41' is not allowed; allowed are os40."));
    }

    [Test]
    public void A_run_that_is_not_there_is_refused() => Assert.That(() => RunSide.Read(Path.Combine(folder, "none")),
        Throws.TypeOf<FormatException>().With.Message.Contains("none: cannot be read: ").And.Message.Contains("Allowed is a report.json or the folder of a run"));

    [TestCase("\"pass\"", "\"good\"", ".verdict", "Allowed are pass, fail, non-strict")]
    [TestCase("\"pass\"", "1", ".verdict", "Allowed are pass, fail, non-strict")]
    [TestCase("\"results\": [", "\"results\": [ null,", "results: null is not allowed in the list", "allowed are objects")]
    [TestCase("\"caseId\": \"wpi/1/1\"", "\"caseId\": null", "caseId", "report.json:")]
    [TestCase("\"schemaVersion\": 3", "\"schemaVersion\": 4", "schemaVersion: 4 is not allowed", "allowed is 1 to 3")]
    [TestCase("\"seed\": 7", "\"seed\": \"x\"", "report.json:7: $.seed", "")]
    public void A_broken_report_is_refused_with_its_place(string text, string instead, string place, string allowed)
    {
        var json = JsonSerializer.Serialize(Of(Result(Verdict.Pass)), ReportJson.Options);
        Assert.That(json, Does.Contain(text));
        File.WriteAllText(Path.Combine(folder, "report.json"), json.Replace(text, instead, StringComparison.Ordinal));
        Assert.That(() => RunSide.Read(folder), Throws.TypeOf<FormatException>().With.Message.Contains(place).And.Message.Contains(allowed));
    }

    [Test]
    public void A_report_of_the_first_version_can_still_be_read()
    {
        var json = JsonSerializer.Serialize(Of(Result(Verdict.Pass)), ReportJson.Options);
        string[] later = ["baselineErrors", "history"];
        var old = json.Split('\n').Where(line => !later.Any(key => line.Contains($"\"{key}\"", StringComparison.Ordinal)));
        File.WriteAllText(Path.Combine(folder, "report.json"), string.Join('\n', old).Replace("\"schemaVersion\": 3", "\"schemaVersion\": 1", StringComparison.Ordinal));
        Assert.That(RunSide.Read(folder).Report.BaselineErrors, Is.Empty);
    }
}
