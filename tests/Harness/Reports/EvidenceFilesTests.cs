using NUnit.Framework;
using OpenStage.Harness.Reports;
using static OpenStage.Harness.Tests.Reports.SampleRun;

namespace OpenStage.Harness.Tests.Reports;

[TestFixture]
public sealed class EvidenceFilesTests
{
    private const string Har = "evidence/os40/wpi-1-1/case.har";

    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("openstage-evidence-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void The_files_of_the_run_that_counts_are_copied()
    {
        var (early, late) = (Run("early", 0), Run("late", 1));
        var target = Path.Combine(folder, "out");
        var report = EvidenceFiles.Copy(late.Report, [late, early], target);
        Assert.That(report.Results[0].Evidence, Is.EqualTo(new[] { Har }));
        Assert.That(File.ReadAllText(Path.Combine(target, Har)), Is.EqualTo("late"));
    }

    [Test]
    public void A_file_that_is_not_there_is_not_named()
    {
        var run = Run("a", 0);
        File.Delete(Path.Combine(run.Folder, Har));
        Assert.That(EvidenceFiles.Copy(run.Report, [run], run.Folder).Results[0].Evidence, Is.Empty);
    }

    [TestCase("../secret.txt")]
    [TestCase("evidence/../../secret.txt")]
    public void A_name_that_reaches_beyond_the_folder_is_not_followed(string path)
    {
        File.WriteAllText(Path.Combine(folder, "secret.txt"), "x");
        var (place, report) = Run("a", 0);
        report = report with { Results = [report.Results[0] with { Evidence = [path] }] };
        var target = Path.Combine(folder, "out", "deep");
        Assert.That(EvidenceFiles.Copy(report, [(place, report)], target).Results[0].Evidence, Is.Empty);
        Assert.That(Path.Combine(folder, "out"), Does.Not.Exist);
    }

    [Test]
    public void Files_that_are_in_their_place_stay()
    {
        var run = Run("a", 0);
        Assert.That(EvidenceFiles.Copy(run.Report, [run], run.Folder).Results[0].Evidence, Has.Count.EqualTo(1));
        Assert.That(File.ReadAllText(Path.Combine(run.Folder, Har)), Is.EqualTo("a"));
    }

    private (string Folder, RunReport Report) Run(string name, int hour)
    {
        var place = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(place, Har))!);
        File.WriteAllText(Path.Combine(place, Har), name);
        return (place, Of(Result(Verdict.Fail) with { Evidence = [Har] }) with { StartedAt = Start.AddHours(hour) });
    }
}
