using System.Text.RegularExpressions;
using NUnit.Framework;
using OpenStage.Conformance;
using OpenStage.Harness.Reports;

namespace OpenStage.Lab.Tests;

/// <summary>What makes a verdict worth believing: order, a look at the phone before and after, silence, tries, probes.</summary>
[TestFixture]
public sealed partial class TrustTests
{
    private const string UnknownAction = "wpi/3.4.2/10";

    [Test]
    public void The_same_seed_gives_the_same_order_and_another_seed_another()
    {
        var one = Order(seed: 7);
        Assert.That(Order(seed: 7), Is.EqualTo(one));
        Assert.That(Order(seed: 8), Is.EquivalentTo(one).And.Not.EqualTo(one));
        Assert.That(one[0], Is.EqualTo("sanity/first"));
        Assert.That(one[^1], Is.EqualTo("sanity/last"));
    }

    [Test]
    public void The_same_seed_says_the_same_again_message_by_message()
    {
        var one = Told(seed: 7);
        Assert.That(Told(seed: 7), Is.EqualTo(one));
        Assert.That(Told(seed: 8), Is.Not.EqualTo(one));
        Assert.That(one, Has.Count.GreaterThan(20));
    }

    [Test]
    public void A_phone_that_never_answers_is_one_lab_error_and_fails_no_case()
    {
        var outcome = Runs.Apart(Runs.Lab("contact-me-ignored"), Section);

        Assert.That(Verdicts(outcome, "sanity/first"), Is.EqualTo(new[] { Verdict.LabError }));
        Assert.That(outcome.Run.Results.Skip(1).Select(result => result.Verdict), Is.All.EqualTo(Verdict.Skipped));
        Assert.That(outcome.Run.Results.Skip(1).Select(result => result.Reason), Is.All.EqualTo("not run: p stopped answering in sanity/first"));
        Assert.That(outcome.LabErrors, Is.EqualTo(new[] { "p stopped answering in sanity/first" }));
        Assert.That(outcome.Run.Results, Has.Count.GreaterThan(3));
    }

    [Test]
    public void A_phone_that_one_case_silences_twice_fails_it_and_gets_the_other_cases_after_its_power_was_switched()
    {
        var killer = CaseSuite.All.First(info => info.Catches.Contains("contact-me-kills-web-server")).Id;
        var outcome = Runs.Apart(Runs.Lab("contact-me-kills-web-server"), (info, _) => info.Id == killer || Section(info, ""));

        var dead = outcome.Run.Results.Single(result => result.CaseId == killer);
        Assert.That(dead.Verdict, Is.EqualTo(Verdict.Fail).Or.EqualTo(Verdict.NonStrict).Or.EqualTo(Verdict.Informational));
        Assert.That(dead.Reason, Does.EndWith("The phone stopped answering in this case twice, and each time its power had to be switched."));
        Assert.That(dead.Tries, Has.Count.EqualTo(2));
        Assert.That(outcome.Run.Results.Where(result => result.CaseId != killer).Select(result => result.Verdict), Is.All.EqualTo(Verdict.Pass));
        Assert.That(outcome.LabErrors, Is.Empty);
    }

    [Test]
    public void A_case_that_passes_when_it_is_tried_again_is_flaky_and_fails_the_run()
    {
        var lab = Runs.Lab("unknown-action-accepted%50");
        var outcome = Enumerable.Range(1, 40).Select(seed => Runs.Apart(lab with { Seed = seed }, (info, _) => info.Id == UnknownAction, new RunSettings { Retries = 10 }))
            .First(run => run.Run.Results[0].Tries.Count > 1);

        var result = outcome.Run.Results.Single();
        Assert.That(result.Verdict, Is.EqualTo(Verdict.Flaky));
        Assert.That(result.Tries.SkipLast(1), Is.All.EqualTo(Verdict.Fail));
        Assert.That(result.Tries[^1], Is.EqualTo(Verdict.Pass));
        Assert.That(result.Reason, Does.StartWith($"Passed in 1 of {result.Tries.Count} tries."));
        Assert.That(RunSummary.Of(outcome.Run.Report("", true, [])).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void A_case_that_goes_on_failing_is_tried_as_often_as_was_asked_and_is_no_flake()
    {
        var outcome = Runs.Apart(Runs.Lab("unknown-action-accepted"), (info, _) => info.Id == UnknownAction, new RunSettings { Retries = 2 });
        Assert.That(outcome.Run.Results.Single().Verdict, Is.EqualTo(Verdict.Fail));
        Assert.That(outcome.Run.Results.Single().Tries, Is.EqualTo(new[] { Verdict.Fail, Verdict.Fail, Verdict.Fail }));
    }

    [Test]
    public void A_phone_that_says_yes_to_what_does_not_exist_is_doubted()
    {
        var outcome = Runs.Apart(Runs.Lab("unknown-action-accepted"), (info, _) => info.Id == UnknownAction);
        Assert.That(outcome.Run.Report("", true, []).Phones.Single().Doubt, Does.Contain($"says yes to what does not exist ({UnknownAction})"));
        Assert.That(Runs.Apart(Runs.Lab(), (info, _) => info.Id == UnknownAction).Run.Report("", true, []).Phones.Single().Doubt, Is.Empty);
    }

    private static bool Section(Harness.Sessions.CaseInfo info, string phone) => info.Section == "3.6.4" || info.Id.StartsWith("sanity/", StringComparison.Ordinal);

    private static List<string> Order(int seed) => [.. Runs.Apart(Runs.Lab() with { Seed = seed }, Section).Run.Results.Select(result => result.CaseId)];

    /// <summary>All that a report says but for times, and for ports and cookies, which the system and the server choose.</summary>
    private static List<string> Told(int seed) => [.. Runs.Apart(Runs.Lab("busy-as-failed") with { Seed = seed }, Section).Run.Results.SelectMany(result =>
        result.Exchanges.Select(exchange => $"{result.CaseId} {exchange.Kind} {exchange.RequestLabel}: {Ports().Replace(exchange.RequestBody, "$1")} {exchange.ResponseLabel}")
            .Append($"{result.CaseId} {result.Verdict} {result.Reason} {result.Expected} {result.Actual}"))];

    [GeneratedRegex("(dls_ip_port=|127\\.[0-9.]+:)[0-9]+")]
    private static partial Regex Ports();

    private static IEnumerable<Verdict> Verdicts(SuiteOutcome outcome, string id) => outcome.Run.Results.Where(result => result.CaseId == id).Select(result => result.Verdict);
}
