using NUnit.Framework;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Reproduction;
using OpenStage.Harness.Tests.Reports;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.Tests.Reproduction;

[TestFixture]
public sealed class FailureTests
{
    [TestCase("nonce 0A1B2C3D4E5F60718293A4B5C6D7E8F9", "nonce 11111111111111111111111111111111", true)]
    [TestCase("127.0.0.1:40001", "127.0.0.1:555", true)]
    [TestCase("[::1]:40001", "[::1]:555", true)]
    [TestCase("'accepted'", "'accepted'", true)]
    [TestCase("'accepted'", "'failed'", false)]
    [TestCase("3 items", "4 items", false)]
    [TestCase("127.0.0.1:40001", "127.0.0.2:40001", false)]
    public void Two_failures_are_the_same_but_for_what_is_another_each_time(string before, string now, bool isSame)
    {
        var repro = SampleRepro.Make() with { Actual = before };
        var result = Again(repro) with { Actual = now };
        Assert.That(Failure.IsSame(repro, result), Is.EqualTo(isSame));
        Assert.That(Failure.IsSame(repro with { Actual = "", Expected = before }, result with { Actual = "", Expected = now }), Is.EqualTo(isSame));
    }

    [Test]
    public void Another_verdict_or_another_case_is_another_failure()
    {
        var repro = SampleRepro.Make();
        Assert.That(Failure.IsSame(repro, Again(repro)), Is.True);
        Assert.That(Failure.IsSame(repro, Again(repro) with { Verdict = Verdict.LabError }), Is.False);
        Assert.That(Failure.IsSame(repro, Again(repro) with { CaseId = "wpi/1/1" }), Is.False);
    }

    [Test]
    public void Of_lab_errors_the_reason_counts_up_to_its_first_line()
    {
        var repro = SampleRepro.Make() with { Verdict = Verdict.LabError, Reason = "broke: it\n at here" };
        Assert.That(Failure.IsSame(repro, Again(repro) with { Reason = "broke: it\r\n at there" }), Is.True);
        Assert.That(Failure.IsSame(repro, Again(repro) with { Reason = "broke: else" }), Is.False);
    }

    [TestCase(Verdict.ExpectedFailure, Level.Must, Verdict.Fail)]
    [TestCase(Verdict.ExpectedFailure, Level.Should, Verdict.NonStrict)]
    [TestCase(Verdict.ExpectedFailure, Level.Informational, Verdict.Informational)]
    [TestCase(Verdict.Flaky, Level.Must, Verdict.Fail)]
    [TestCase(Verdict.LabError, Level.Must, Verdict.LabError)]
    public void Of_a_verdict_that_a_baseline_or_more_tries_made_the_case_s_own_counts(Verdict verdict, Level level, Verdict expected) =>
        Assert.That(Failure.Raw(SampleRun.Result(verdict), level), Is.EqualTo(expected));

    [Test]
    public void Of_a_flaky_case_the_first_failure_counts() =>
        Assert.That(Failure.Raw(SampleRun.Result(Verdict.Flaky) with { Tries = [Verdict.Pass, Verdict.LabError, Verdict.Fail] }, Level.Must), Is.EqualTo(Verdict.LabError));

    private static ResultEntry Again(Repro repro) =>
        SampleRun.Result(repro.Verdict, repro.CaseId) with { Expected = repro.Expected, Actual = repro.Actual, Reason = repro.Reason };
}
