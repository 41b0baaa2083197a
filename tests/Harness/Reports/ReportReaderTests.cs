using System.Text.Json;
using NUnit.Framework;
using OpenStage.Harness.Reports;
using static OpenStage.Harness.Tests.Reports.SampleRun;

namespace OpenStage.Harness.Tests.Reports;

/// <summary>Files that somebody wrote: each is refused with place, value and what is allowed.</summary>
[TestFixture]
public sealed class ReportReaderTests
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("openstage-read-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_folder_or_its_file_is_read()
    {
        Write(Of(Result(Verdict.Pass)));
        Assert.That(ReportReader.Read(folder).RunId, Is.EqualTo("1"));
        Assert.That(ReportReader.Read(Path.Combine(folder, "report.json")).RunId, Is.EqualTo("1"));
    }

    [Test]
    public void A_folder_without_a_report_is_refused() =>
        Refused("report.json: cannot be read: ", "Allowed is a report.json or the folder of a run.");

    [Test]
    public void A_result_of_an_unknown_phone_is_refused()
    {
        Write(Of(Result(Verdict.Pass, phone: "os99")));
        Refused("report.json: results[0].phoneId: 'os99' is not allowed; allowed are the ids of phones: os40.");
    }

    [Test]
    public void A_result_of_an_unknown_case_is_refused()
    {
        Write(Of(Result(Verdict.Pass)) with { Cases = [] });
        Refused("report.json: results[0].caseId: 'wpi/1/1' is not allowed; allowed are the ids of cases.");
    }

    [Test]
    public void An_id_that_is_there_twice_is_refused()
    {
        Write(Of(Result(Verdict.Pass)) with { Phones = [Phone(), Phone()] });
        Refused("report.json: phones: the id 'os40' is there more than once");
    }

    [TestCase("../os40")]
    [TestCase("a\\b")]
    [TestCase("..")]
    [TestCase("")]
    public void A_phone_whose_id_is_no_file_name_is_refused(string id)
    {
        Write(Of(Result(Verdict.Pass, phone: id)) with { Phones = [Phone(id)] });
        Refused($"report.json: phones.id: '{id}' is not allowed; allowed is the name of a file.");
    }

    private void Write(RunReport report) => File.WriteAllText(Path.Combine(folder, "report.json"), JsonSerializer.Serialize(report, ReportJson.Options));

    private void Refused(params string[] texts)
    {
        var refused = Assert.Throws<FormatException>(() => ReportReader.Read(folder))!;
        foreach (var text in texts)
            Assert.That(refused.Message, Does.Contain(text));
    }
}
