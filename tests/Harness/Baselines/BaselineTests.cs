using NUnit.Framework;
using OpenStage.Harness.Baselines;
using OpenStage.Harness.Reports;
using OpenStage.Protocol.Firmware;
using static OpenStage.Harness.Tests.Reports.SampleRun;

namespace OpenStage.Harness.Tests.Baselines;

[TestFixture]
public sealed class BaselineTests
{
    private static readonly ExpectedFailure Entry = new() { Case = "wpi/1/1", Phone = "os40", Reason = "ticket 12", Expires = new DateOnly(2026, 3, 1), Line = 5 };

    [Test]
    public void A_failure_that_is_expected_does_not_fail_the_run_and_says_why()
    {
        var report = Apply(Entry, Verdict.Fail);
        Assert.That(report.Results.Single().Verdict, Is.EqualTo(Verdict.ExpectedFailure));
        Assert.That(report.Results.Single().Reason, Is.EqualTo("Expected until 2026-03-01: ticket 12 (b.json:5)"));
        Assert.That(RunSummary.Of(report).ExitCode, Is.Zero);
    }

    [Test]
    public void An_unexpected_pass_fails_the_run_and_names_the_line_to_delete()
    {
        var report = Apply(Entry, Verdict.Pass);
        Assert.That(report.Results.Single().Verdict, Is.EqualTo(Verdict.UnexpectedPass));
        Assert.That(report.Results.Single().Reason, Is.EqualTo("b.json:5: the case passes, though this entry expects it to fail (ticket 12); delete the entry."));
        Assert.That(RunSummary.Of(report).ExitCode, Is.EqualTo(1));
    }

    [TestCase(Verdict.Fail)]
    [TestCase(Verdict.Pass)]
    public void An_entry_that_has_expired_excuses_nothing_and_fails_the_run_with_its_line(Verdict verdict)
    {
        var report = Apply(Entry with { Expires = new DateOnly(2026, 2, 28) }, verdict);
        Assert.That(report.Results.Single().Verdict, Is.EqualTo(verdict));
        Assert.That(report.BaselineErrors, Is.EqualTo(new[] { "b.json:5: expires: the entry for wpi/1/1 on os40 expired on 2026-02-28 (ticket 12); delete it, or give it a new day." }));
        Assert.That(RunSummary.Of(report).ExitCode, Is.EqualTo(1));
    }

    [TestCase(Verdict.NotApplicable)]
    [TestCase(Verdict.LabError)]
    [TestCase(Verdict.NonStrict)]
    [TestCase(Verdict.Flaky)]
    public void What_is_neither_pass_nor_failure_stays_as_it_is(Verdict verdict) =>
        Assert.That(Apply(Entry, verdict).Results.Single().Verdict, Is.EqualTo(verdict));

    [TestCase(null, null, true)]
    [TestCase("V3 R3.24.0", "V3 R3.24.0", true)]
    [TestCase("V3 R3.24.1", null, false)]
    [TestCase(null, "V3 R3.23.9", false)]
    [TestCase("V2 R0.0", "V3 R5.0", true)]
    public void An_entry_for_a_model_covers_the_firmware_of_its_range(string? from, string? to, bool expected)
    {
        var entry = Entry with { Phone = null, Model = "OpenStage 40", FirmwareFrom = from is null ? null : FirmwareVersion.Parse(from), FirmwareTo = to is null ? null : FirmwareVersion.Parse(to) };
        Assert.That(entry.Covers("wpi/1/1", Phone()), Is.EqualTo(expected));
    }

    [Test]
    public void An_entry_covers_no_other_case_phone_or_model()
    {
        Assert.That(Entry.Covers("wpi/1/2", Phone()), Is.False);
        Assert.That(Entry.Covers("wpi/1/1", Phone("os41")), Is.False);
        Assert.That((Entry with { Phone = null, Model = "OpenStage 15" }).Covers("wpi/1/1", Phone()), Is.False);
    }

    [Test]
    public void An_entry_that_no_result_is_about_is_told()
    {
        var baseline = new Baseline("b.json", [Entry, Entry with { Case = "wpi/1/l", Line = 9 }]);
        Assert.That(baseline.Unused(Of(Result(Verdict.Fail))), Is.EqualTo(new[] { "b.json:9: the run has no result of wpi/1/l on os40 that this entry could be about." }));
    }

    private static RunReport Apply(ExpectedFailure entry, Verdict verdict) => new Baseline("b.json", [entry]).Apply(Of(Result(verdict)));
}
