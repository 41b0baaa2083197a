using NUnit.Framework;
using OpenStage.Harness.Reports;
using static OpenStage.Harness.Tests.Reports.SampleRun;

namespace OpenStage.Harness.Tests.Reports;

[TestFixture]
public sealed class ReportMergeTests
{
    private static readonly RunReport Early = Of(Result(Verdict.Fail), Result(Verdict.Pass, "wpi/1/2")) with { RunId = "early", LabFile = "a.json" };

    private static readonly RunReport Late = Of(Result(Verdict.Pass)) with { RunId = "late", StartedAt = Start.AddHours(1), LabFile = "b.json", Seed = 8 };

    [Test]
    public void Phones_that_were_run_apart_are_side_by_side()
    {
        var other = Of(Result(Verdict.NonStrict, "wpi/1/3", "os80")) with { Phones = [Phone("os80", number: 2)], DurationSeconds = 2.5 };
        var merged = Merged(Early, other);
        Assert.That(merged.Phones.Select(phone => phone.Id), Is.EqualTo(new[] { "os40", "os80" }));
        Assert.That(merged.Cases.Select(entry => entry.Id), Is.EqualTo(new[] { "wpi/1/1", "wpi/1/2", "wpi/1/3" }));
        Assert.That(merged.Results, Has.Count.EqualTo(3));
        Assert.That(merged.DurationSeconds, Is.EqualTo(3.5));
        Assert.That(merged.Notes, Is.Empty);
        Assert.That(RunSummary.Of(merged).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void Of_the_same_case_on_the_same_phone_the_later_run_counts_whatever_the_order_and_both_are_tries([Values] bool isTurned)
    {
        var merged = isTurned ? Merged(Late, Early) : Merged(Early, Late);
        var result = merged.Results.Single(result => result.CaseId == "wpi/1/1");
        Assert.That(result.Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(result.Tries, Is.EqualTo(new[] { Verdict.Fail, Verdict.Pass }));
        Assert.That(merged.RunId, Is.EqualTo("early+late"));
        Assert.That(merged.Runs.Select(run => (run.RunId, run.LabFile, run.Seed)), Is.EqualTo(new[] { ("early", "a.json", 7), ("late", "b.json", 8) }));
        Assert.That(merged.Notes, Does.Contain(isTurned
            ? "wpi/1/1 on os40: fail in 1, pass in 0; the later one counts." : "wpi/1/1 on os40: fail in 0, pass in 1; the later one counts."));
        Assert.That(merged.Notes, Has.Some.StartsWith("The runs have different seeds: "));
    }

    [Test]
    public void A_result_is_seen_again_with_the_lab_file_and_seed_of_its_own_run()
    {
        var merged = Merged(Early, Late with { Results = [] });
        Assert.That(merged.Results[0].Reproduce, Is.EqualTo("lab run \"a.json\" --seed 7 --where \"case == wpi/1/1 and phone == os40\""));
    }

    [Test]
    public void Another_phone_under_the_same_id_is_refused() => Assert.That(
        () => Merged(Early, Late with { Phones = [Phone(number: 2)] }),
        Throws.TypeOf<FormatException>().With.Message.EqualTo("1: phones.os40.mac: '00:1A:E8:00:00:02' is not allowed; allowed is '00:1A:E8:00:00:01' as in 0, because one id is one phone."));

    [Test]
    public void Another_firmware_and_another_requirement_are_named()
    {
        var notes = Merged(Early, Late with { Phones = [Phone(firmware: "V3 R5.12.0")], Cases = [Late.Cases[0] with { Requirement = "Another" }] }).Notes;
        Assert.That(notes, Does.Contain("os40 is OpenStage 40, V3 R3.24.0, emulated in 0 and OpenStage 40, V3 R5.12.0, emulated in 1; the later one is shown."));
        Assert.That(notes, Does.Contain("wpi/1/1 asks for something else in 0 than in 1; the later one is shown."));
    }

    [Test]
    public void A_run_that_was_interrupted_makes_the_whole_incomplete_and_is_named()
    {
        var merged = Merged(Early with { Complete = false, PlannedResults = 10, LabErrors = ["port in use"] }, Late);
        Assert.That(merged.Complete, Is.False);
        Assert.That(merged.PlannedResults, Is.EqualTo(10));
        Assert.That(merged.Notes, Does.Contain("0 was interrupted: what is missing was not run."));
        Assert.That(merged.LabErrors, Is.EqualTo(new[] { "0: port in use" }));
    }

    [Test]
    public void A_merged_report_can_be_merged_again()
    {
        var again = Merged(Merged(Early, Late), Of(Result(Verdict.Fail)) with { RunId = "last", StartedAt = Start.AddHours(2) });
        Assert.That(again.Runs.Select(run => run.RunId), Is.EqualTo(new[] { "early", "late", "last" }));
        Assert.That(again.Results.Single(result => result.CaseId == "wpi/1/1").Tries, Is.EqualTo(new[] { Verdict.Fail, Verdict.Pass, Verdict.Fail }));
    }

    [Test]
    public void Many_contradictions_are_counted()
    {
        ResultEntry[] Results(Verdict verdict) => [.. Enumerable.Range(1, 25).Select(number => Result(verdict, $"wpi/1/{number}"))];
        var notes = Merged(Of(Results(Verdict.Fail)), Of(Results(Verdict.Pass)) with { StartedAt = Start.AddHours(1) }).Notes;
        Assert.That(notes, Has.Count.EqualTo(21));
        Assert.That(notes[^1], Is.EqualTo("5 more of this kind."));
    }

    private static RunReport Merged(params RunReport[] runs) => ReportMerge.Of([.. runs.Select((run, number) => ($"{number}", run))]);
}
