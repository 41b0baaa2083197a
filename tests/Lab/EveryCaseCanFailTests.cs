using NUnit.Framework;
using OpenStage.Conformance;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Sessions;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Lab.Tests;

/// <summary>The suite against phones that wear the quirks each case says it catches: a case that passes then is blind.</summary>
[TestFixture]
public sealed class EveryCaseCanFailTests
{
    private static readonly IReadOnlyList<CaseInfo> Cases = CaseSuite.All;

    [Test]
    public void Every_case_names_a_quirk_that_it_catches() =>
        Assert.That(Cases.Where(info => info.Catches.Count == 0).Select(info => info.Id), Is.Empty);

    [Test]
    public void The_table_of_the_simulator_names_the_cases_that_catch_each_quirk() => Assert.That(
        QuirkCatalogue.All.SelectMany(quirk => QuirkCatalogue.CasesThatCatch(quirk).Select(id => (quirk.Name, id))),
        Is.EquivalentTo(Cases.SelectMany(info => info.Catches.Select(quirk => (quirk, info.Id)))));

    [Test]
    public void Case_ids_are_unique() => Assert.That(Cases.Select(info => info.Id), Is.Unique);

    [Test]
    public void There_are_at_least_150_cases() => Assert.That(Cases, Has.Count.AtLeast(150));

    [Test]
    public void Every_case_fails_on_every_quirk_that_it_says_it_catches()
    {
        var quirks = Cases.SelectMany(info => info.Catches).Distinct().Order(StringComparer.Ordinal).ToList();
        var lab = new LabFile
        {
            File = "quirks",
            Title = "One phone a quirk",
            Phones = [.. quirks.Select((quirk, number) => new LabPhone
            {
                Id = quirk,
                Model = "OpenStage 80",
                Firmware = "V3 R5.12.0",
                Mac = $"00:1A:E8:0F:00:{number:X2}",
                Quirks = [quirk],
                FragmentItems = 120,
            })],
        };

        var outcome = RunApart(lab, (info, phone) => info.Catches.Contains(phone));

        Assert.That(outcome.LabErrors, Is.Empty);
        var survivors = outcome.Run.Results
            .Where(result => result.Verdict is not (Verdict.Fail or Verdict.NonStrict or Verdict.Informational))
            .Select(result => $"{result.CaseId} on {result.PhoneId}: {result.Verdict} {result.Reason}");
        Assert.That(survivors, Is.Empty);
        Assert.That(outcome.Run.Results, Has.Count.EqualTo(Cases.Sum(info => info.Catches.Count)));
    }

    /// <summary>On a thread of its own, so that the inner run sees nothing of the test run around it.</summary>
    private static SuiteOutcome RunApart(LabFile lab, Func<CaseInfo, string, bool> select)
    {
        SuiteOutcome? outcome = null;
        using (ExecutionContext.SuppressFlow())
        {
            var thread = new Thread(() => outcome = SuiteRunner.Run(lab, select, null, CancellationToken.None));
            thread.Start();
            thread.Join();
        }

        return outcome!;
    }
}
