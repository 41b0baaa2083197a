using NUnit.Framework;
using OpenStage.Harness.Comparison;
using OpenStage.Harness.Reports;
using static OpenStage.Harness.Tests.Reports.SampleRun;

namespace OpenStage.Harness.Tests.Comparison;

[TestFixture]
public sealed class VerdictChangeTests
{
    [TestCase(Verdict.Pass, Verdict.Fail, ChangeKind.Regression)]
    [TestCase(Verdict.Pass, Verdict.NonStrict, ChangeKind.Regression)]
    [TestCase(Verdict.NonStrict, Verdict.Flaky, ChangeKind.Regression)]
    [TestCase(Verdict.ExpectedFailure, Verdict.Fail, ChangeKind.Regression)]
    [TestCase(Verdict.Fail, Verdict.Pass, ChangeKind.Improvement)]
    [TestCase(Verdict.Fail, Verdict.NonStrict, ChangeKind.Improvement)]
    [TestCase(Verdict.Pass, Verdict.ExpectedFailure, ChangeKind.Other)]
    [TestCase(Verdict.Pass, Verdict.UnexpectedPass, ChangeKind.Other)]
    [TestCase(Verdict.Skipped, Verdict.LabError, ChangeKind.Other)]
    [TestCase(Verdict.Pass, Verdict.LabError, ChangeKind.Lost)]
    [TestCase(Verdict.Pass, Verdict.NotApplicable, ChangeKind.Lost)]
    [TestCase(Verdict.NotApplicable, Verdict.Pass, ChangeKind.Gained)]
    public void A_changed_verdict_is_named_for_what_it_means(Verdict before, Verdict after, ChangeKind expected)
    {
        var comparison = Compare(Of(Result(before), Same), Of(Result(after), Same));
        var change = comparison.Phones.Single().Verdicts.Single();
        Assert.That(change, Is.EqualTo(new VerdictChange { CaseId = "wpi/1/1", Title = "A title", Page = 46, Kind = expected, Before = before, After = after }));
        Assert.That(comparison.Regressions, Is.EqualTo(expected == ChangeKind.Regression ? 1 : 0));
    }

    [Test]
    public void A_case_that_is_in_one_run_only_is_lost_or_gained()
    {
        var verdicts = Compare(Of(Result(Verdict.Pass, "wpi/1/1"), Same), Of(Result(Verdict.Fail, "wpi/1/2"), Same)).Phones.Single().Verdicts;
        Assert.That(verdicts.Select(change => (change.CaseId, change.Kind)), Is.EqualTo(new[] { ("wpi/1/1", ChangeKind.Lost), ("wpi/1/2", ChangeKind.Gained) }));
    }

    [Test]
    public void Equal_verdicts_are_no_change() =>
        Assert.That(Compare(Of(Result(Verdict.Fail)), Of(Result(Verdict.Fail))).Phones.Single().Verdicts, Is.Empty);

    [Test]
    public void A_phone_that_does_not_work_with_a_service_any_more_is_a_regression_though_the_verdict_is_the_same()
    {
        var comparison = Compare(Of(Result(Verdict.Fail)), Of(Result(Verdict.Fail) with { Compatible = false }));
        Assert.That(comparison.Regressions, Is.EqualTo(1));
        Assert.That(ComparisonWriter.Text(comparison), Does.Contain("does not work with a service any more"));
    }

    [Test]
    public void What_came_instead_stands_beside_a_regression()
    {
        var change = Compare(Of(Result(Verdict.Pass)), Of(Result(Verdict.Fail) with { Expected = "busy", Actual = "accepted" })).Phones.Single().Verdicts.Single();
        Assert.That(change.Why, Is.EqualTo("expected busy, got accepted"));
    }

    [Test]
    public void Two_phones_of_a_run_are_compared_when_they_are_named()
    {
        var run = Of(Result(Verdict.Pass), Result(Verdict.Fail, phone: "new")) with { Phones = [Phone(), Phone("new", "V3 R5.12.0", 2)] };
        var comparison = RunComparison.Of(new RunSide("a#os40", run, "os40"), new RunSide("a#new", run, "new"));
        Assert.That(comparison.Regressions, Is.EqualTo(1));
        Assert.That(ComparisonWriter.Text(comparison), Does.Contain("os40 -> new: OpenStage 40, V3 R3.24.0 -> V3 R5.12.0; 1 case in both"));
    }

    [Test]
    public void A_phone_named_on_one_side_is_compared_with_itself()
    {
        var run = Of(Result(Verdict.Pass), Result(Verdict.Pass, phone: "new")) with { Phones = [Phone(), Phone("new")] };
        Assert.That(RunComparison.Of(new RunSide("a", run, "new"), new RunSide("b", run, null)).Phones.Select(phone => phone.After.Id), Is.EqualTo(new[] { "new" }));
        Assert.That(RunComparison.Of(new RunSide("a", run, null), new RunSide("b", run, "new")).Phones.Select(phone => phone.After.Id), Is.EqualTo(new[] { "new" }));
    }

    [Test]
    public void Runs_without_a_phone_or_a_judged_case_in_common_are_refused()
    {
        var run = Of(Result(Verdict.Pass));
        Assert.That(() => Compare(run, run with { Phones = [Phone("other")] }), Throws.TypeOf<FormatException>().With.Message.StartsWith("after: phones: none has the id of a phone of before; allowed are os40."));
        Assert.That(() => Compare(run, Of(Result(Verdict.LabError))), Throws.TypeOf<FormatException>().With.Message.StartsWith("after: results: no case has a verdict here and in before"));
    }

    [Test]
    public void What_makes_a_comparison_doubtful_is_noted()
    {
        var run = Of(Result(Verdict.Pass));
        var notes = Compare(run with { Complete = false }, run with { LabErrors = ["cable out"], Phones = [Phone(), Phone("other")] }).Notes;
        Assert.That(notes, Is.EqualTo(new[] { "before was interrupted: what is missing was not run.", "after has a lab error: cable out", "The phone other is in after only." }));
    }

    private static ResultEntry Same => Result(Verdict.Pass, "wpi/9/9");

    private static RunComparison Compare(RunReport before, RunReport after) => RunComparison.Of(new RunSide("before", before, null), new RunSide("after", after, null));
}
