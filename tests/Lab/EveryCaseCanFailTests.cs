using NUnit.Framework;
using OpenStage.Conformance;
using OpenStage.Harness.SelfTest;
using OpenStage.Harness.ServiceSuite.Faults;
using OpenStage.Harness.Sessions;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Lab.Tests;

/// <summary>The suite against phones with the quirks, and services with the faults, that each case says it catches: a case that passes then is blind.</summary>
[TestFixture]
public sealed class EveryCaseCanFailTests
{
    private static readonly IReadOnlyList<CaseInfo> Cases = [.. CaseSuite.All, .. CaseSuite.Services];

    [Test]
    public void Every_case_names_what_it_catches() =>
        Assert.That(Cases.Where(info => info.Catches.Count == 0).Select(info => info.Id), Is.Empty);

    [Test]
    public void The_table_of_the_simulator_names_the_cases_that_catch_each_quirk() => Assert.That(
        QuirkCatalogue.All.SelectMany(quirk => QuirkCatalogue.CasesThatCatch(quirk).Select(id => (quirk.Name, id))),
        Is.EquivalentTo(CaseSuite.All.SelectMany(info => info.Catches.Select(quirk => (quirk, info.Id)))));

    [Test]
    public void Case_ids_are_unique() => Assert.That(Cases.Select(info => info.Id), Is.Unique);

    [Test]
    public void There_are_at_least_150_cases_of_phones_and_40_of_services()
    {
        Assert.That(CaseSuite.All, Has.Count.AtLeast(150));
        Assert.That(CaseSuite.Services, Has.Count.AtLeast(40));
    }

    [Test]
    public void Every_case_is_killed_and_every_quirk_and_fault_is_caught()
    {
        var matrix = RunApart();
        Assert.That(matrix.IsWhole, KillMatrixWriter.Text(matrix));
        Assert.That((matrix.CasePercent, matrix.QuirkPercent), Is.EqualTo((100.0, 100.0)));
        Assert.That(matrix.Pairs, Has.Count.EqualTo(Cases.Sum(info => info.Catches.Count)));
        Assert.That(matrix.Cases, Has.Count.EqualTo(Cases.Count));
        Assert.That(matrix.Quirks, Has.Count.EqualTo(QuirkCatalogue.All.Count + ServiceFaults.All.Count));
    }

    /// <summary>On a thread of its own, so that the inner run sees nothing of the test run around it.</summary>
    private static KillMatrix RunApart()
    {
        KillMatrix? matrix = null;
        using (ExecutionContext.SuppressFlow())
        {
            var thread = new Thread(() => matrix = SelfTest.Run(_ => true, 1, null, CancellationToken.None));
            thread.Start();
            thread.Join();
        }

        return matrix!;
    }
}
