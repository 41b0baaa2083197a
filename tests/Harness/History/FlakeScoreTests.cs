using NUnit.Framework;
using OpenStage.Harness.History;
using OpenStage.Harness.Reports;
using static OpenStage.Harness.Reports.Verdict;

namespace OpenStage.Harness.Tests.History;

[TestFixture]
public sealed class FlakeScoreTests
{
    [TestCase(new Verdict[0], 0)]
    [TestCase(new[] { Pass }, 0)]
    [TestCase(new[] { Fail, Fail, Fail }, 0)]
    [TestCase(new[] { Pass, Fail, Pass }, 1)]
    [TestCase(new[] { Pass, Pass, Fail, Fail, Pass }, 0.5)]
    [TestCase(new[] { Pass, NonStrict, Informational, UnexpectedPass }, 0)]
    [TestCase(new[] { Pass, LabError, Skipped, NotApplicable, Pass }, 0)]
    [TestCase(new[] { Pass, LabError, Fail }, 1)]
    [TestCase(new[] { Flaky }, 1)]
    [TestCase(new[] { Pass, Flaky, Pass }, 0.5)]
    [TestCase(new[] { Fail, ExpectedFailure }, 0)]
    public void The_score_is_the_share_of_runs_that_changed_their_mind(Verdict[] verdicts, double expected) =>
        Assert.That(FlakeScore.Of(verdicts.Select(verdict => new PastResult(verdict, "V3 R3.24.0", DateTimeOffset.UnixEpoch))), Is.EqualTo(expected));

    [Test]
    public void Another_firmware_that_behaves_otherwise_is_no_flake()
    {
        PastResult[] results = [new(Fail, "V3 R3.24.0", DateTimeOffset.UnixEpoch), new(Pass, "V3 R5.12.0", DateTimeOffset.UnixEpoch), new(Pass, "V3 R5.12.0", DateTimeOffset.UnixEpoch)];
        Assert.That(FlakeScore.Of(results), Is.Zero);
    }
}
