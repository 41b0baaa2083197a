using NUnit.Framework;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Reproduction;

namespace OpenStage.Harness.Tests.Reproduction;

[TestFixture]
public sealed class ShrinkerTests
{
    [Test]
    public void Only_what_the_failure_needs_is_left()
    {
        var (small, steps) = Shrink(SampleRepro.Make(), Needs);

        Assert.That(small.Before, Is.EqualTo(new[] { "wpi/1/2" }));
        Assert.That(small.Phone.Quirks, Is.EqualTo(new[] { "wrong-root" }));
        Assert.That(small.Phone.WithoutItems, Does.Not.Contain("e164").And.Contain("sntp-addr").And.Contain("mac-addr"));
        Assert.That(small.Phone.Recording!.Items, Is.Empty);
        var exchange = small.Phone.Recording!.Exchanges.Single();
        Assert.That(exchange.Request.Text, Is.EqualTo("<WorkpointMessage><Item name=\"needed\">1</Item>\n</WorkpointMessage>"));
        Assert.That(exchange.RequestHeaders.Select(header => header.Name), Is.EqualTo(new[] { "Connection" }));
        Assert.That((exchange.Status, exchange.Response, exchange.ResponseHeaders.Count), Is.EqualTo(((int?)null, (Protocol.Recordings.RecordedBody?)null, 0)));
        Assert.That(steps, Does.Contain("cases before it 2 1").And.Contain("quirks 2 1").And.Contain("recorded exchanges 3 1").And.Contain("items of recorded message 1 2 1"));
        Assert.That(Needs(small), Is.True);
    }

    [Test]
    public void What_makes_the_failure_what_it_is_stays()
    {
        var (small, _) = Shrink(SampleRepro.Make(), _ => true);

        Assert.That((small.CaseId, small.Seed, small.PatienceSeconds, small.Verdict, small.Expected, small.Actual), Is.EqualTo(("wpi/3.6.4/1", 7, 30, Verdict.Fail, "status 'busy'", "'accepted'")));
        Assert.That((small.Phone.Id, small.Phone.Mac, small.Phone.Model, small.Phone.FragmentItems), Is.EqualTo(("os40", "00:1A:E8:00:00:40", "OpenStage 40", (int?)120)));
        Assert.That((small.Before.Count, small.Phone.Quirks.Count, small.Phone.Recording!.Exchanges.Count), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public void When_the_tries_are_used_up_it_ends_with_what_failed_last_and_says_so()
    {
        var tries = 0;
        var shrinker = new Shrinker(repro => Needs(repro) && ++tries > 0, mostTries: 6, _ => { });
        var small = shrinker.Shrink(SampleRepro.Make());

        Assert.That((shrinker.Tries, shrinker.IsExhausted), Is.EqualTo((6, true)));
        Assert.That(Needs(small), Is.True);
        Assert.That(small.Phone.Recording!.Exchanges, Has.Count.EqualTo(3));
    }

    private static bool Needs(Repro repro) => repro.Before.Contains("wpi/1/2") && repro.Phone.Quirks.Contains("wrong-root") && !repro.Phone.WithoutItems.Contains("e164")
        && repro.Phone.Recording!.Exchanges.Any(exchange => exchange.Request.Text!.Contains("needed", StringComparison.Ordinal) && exchange.RequestHeaders.Any(header => header.Name == "Connection"));

    private static (Repro Small, List<string> Steps) Shrink(Repro repro, Func<Repro, bool> fails)
    {
        var steps = new List<string>();
        var shrinker = new Shrinker(fails, 10_000, step => steps.Add($"{step.What} {step.Before} {step.After}"));
        var small = shrinker.Shrink(repro);
        Assert.That(shrinker.IsExhausted, Is.False);
        return (small, steps);
    }
}
