using NUnit.Framework;
using OpenStage.Harness.Reports;
using static OpenStage.Harness.Tests.Reports.SampleRun;

namespace OpenStage.Harness.Tests.Reports;

[TestFixture]
public sealed class LastRunTests
{
    [TestCase(Verdict.Pass, Verdict.Fail, "NewFailure")]
    [TestCase(Verdict.LabError, Verdict.Flaky, "NewFailure")]
    [TestCase(Verdict.Fail, Verdict.Pass, "Mended")]
    [TestCase(Verdict.Fail, Verdict.NonStrict, "Mended")]
    [TestCase(Verdict.Fail, Verdict.Fail, "StillFailing")]
    [TestCase(Verdict.Fail, Verdict.LabError, "None")]
    [TestCase(Verdict.Fail, Verdict.ExpectedFailure, "None")]
    [TestCase(Verdict.NonStrict, Verdict.Pass, "None")]
    public void What_became_of_a_result_follows_from_both_verdicts(Verdict before, Verdict now, string expected)
    {
        var report = LastRun.Compare(Of(Result(now)), Of(Result(before)) with { RunId = "0" });
        Assert.That(report.PreviousRun, Is.EqualTo("0"));
        Assert.That(report.Results[0].Previous, Is.EqualTo(before));
        Assert.That(LastRun.ChangeOf(report, report.Results[0]).ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void A_failure_of_a_case_that_was_not_run_before_is_new()
    {
        var report = LastRun.Compare(Of(Result(Verdict.Fail)), Of(Result(Verdict.Pass, "wpi/1/2")));
        Assert.That(report.Results[0].Previous, Is.Null);
        Assert.That(LastRun.ChangeOf(report, report.Results[0]), Is.EqualTo(ResultChange.NewFailure));
    }

    [Test]
    public void Without_a_run_before_nothing_is_new()
    {
        var report = Of(Result(Verdict.Fail));
        Assert.That(LastRun.ChangeOf(report, report.Results[0]), Is.EqualTo(ResultChange.None));
    }
}
