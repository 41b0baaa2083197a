using NUnit.Framework;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Reproduction;
using OpenStage.Harness.Tests.Captures;
using OpenStage.Harness.Tests.Reports;

namespace OpenStage.Harness.Tests.Reproduction;

[TestFixture]
public sealed class RunEvidenceTests
{
    private static readonly LabFile Lab = new()
    {
        File = "lab.json",
        Patience = TimeSpan.FromSeconds(20),
        Phones = [new LabPhone { Id = "os40", Mac = "00:1A:E8:00:00:01", Model = "OpenStage 40", Quirks = ["wrong-root"], FragmentItems = 50 }],
    };

    private static readonly RunReport Run = SampleRun.Of(
        SampleRun.Result(Verdict.Pass, "wpi/1/1", "os40", [.. SampleExchanges.All]),
        SampleRun.Result(Verdict.Fail, "wpi/1/2", "os40", [.. SampleExchanges.All]) with { Expected = "this", Actual = "that" },
        SampleRun.Result(Verdict.NotApplicable, "wpi/1/3"));

    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("openstage-evidence-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_failed_result_gets_its_files_and_the_command_that_runs_it_again()
    {
        var results = Write(Run, EvidenceChoice.Failed).Results;

        Assert.That(results[1].Evidence, Is.EqualTo(new[] { "transcript.txt", "case.har", "case.pcapng", "repro.json" }.Select(name => $"evidence/os40/wpi-1-2/{name}")));
        Assert.That(results[1].Evidence, Has.All.Matches<string>(file => new FileInfo(Path.Combine(folder, file!)).Length > 0));
        Assert.That(results[1].Reproduce, Is.EqualTo("lab repro evidence/os40/wpi-1-2/repro.json"));
        Assert.That(results[0].Evidence.Concat(results[2].Evidence), Is.Empty);
        Assert.That(results[0].Reproduce, Is.Empty);
    }

    [Test]
    public void A_failure_of_a_service_is_run_again_on_the_service()
    {
        var run = Run with { Phones = [.. Run.Phones, SampleRun.Phone("service") with { Kind = "service" }], Results = [SampleRun.Result(Verdict.Fail, "wpi/1/2", "service", [.. SampleExchanges.All])] };

        var result = Write(run, EvidenceChoice.Failed).Results[0];

        Assert.That(result.Reproduce, Is.EqualTo("lab run \"lab.json\" --seed 7 --where \"case == wpi/1/2 and phone == service\""));
        Assert.That(result.Evidence, Has.Count.EqualTo(3));
    }

    [Test]
    public void The_repro_has_the_phone_the_seed_and_what_ran_before()
    {
        Write(Run, EvidenceChoice.Failed);
        var repro = ReproFile.Read(Path.Combine(folder, "evidence", "os40", "wpi-1-2", "repro.json"));

        Assert.That((repro.CaseId, repro.Seed, repro.PatienceSeconds, repro.Verdict, repro.Expected, repro.Actual), Is.EqualTo(("wpi/1/2", 7, 20, Verdict.Fail, "this", "that")));
        Assert.That(repro.Before, Is.EqualTo(new[] { "wpi/1/1" }));
        Assert.That((repro.Phone.Model, repro.Phone.Firmware, repro.Phone.FragmentItems, repro.Phone.Quirks[0]), Is.EqualTo(("OpenStage 40", "V3 R3.24.0", (int?)50, "wrong-root")));
    }

    [Test]
    public void All_results_with_messages_or_none_get_files_as_it_was_chosen()
    {
        var all = Write(Run, EvidenceChoice.All).Results;
        Assert.That(all.Select(result => result.Evidence.Count), Is.EqualTo(new[] { 3, 4, 0 }));
        Assert.That(Write(Run, EvidenceChoice.None).Results.SelectMany(result => result.Evidence), Is.Empty);
    }

    [Test]
    public void Files_of_an_earlier_run_are_deleted_and_those_of_somebody_else_are_not()
    {
        Write(Run, EvidenceChoice.All);
        var other = Path.Combine(folder, "evidence", "os40", "wpi-1-2", "notes.txt");
        File.WriteAllText(other, "mine");
        Write(Run, EvidenceChoice.None);

        Assert.That(Directory.GetFiles(folder, "*", SearchOption.AllDirectories), Is.EqualTo(new[] { other }));
    }

    [Test]
    public void A_physical_phone_is_reproduced_by_an_emulated_one_that_wears_its_recording()
    {
        var lab = Lab with { Phones = [Lab.Phones[0] with { Kind = PhoneKind.Physical, Address = "10.1.2.30", Quirks = [] }] };
        var result = RunEvidence.Write(Run, lab, _ => SampleRepro.Recording(), folder, EvidenceChoice.Failed).Results[1];
        var repro = ReproFile.Read(Path.Combine(folder, "evidence", "os40", "wpi-1-2", "repro.json"));

        Assert.That(result.Evidence, Does.Contain("evidence/os40/wpi-1-2/recording.json"));
        Assert.That((repro.WasPhysical, repro.Phone.Kind, repro.Phone.Address), Is.EqualTo((true, PhoneKind.Emulated, (string?)null)));
        Assert.That(repro.Phone.Recording!.Exchanges, Has.Count.EqualTo(3));
    }

    [Test]
    public void What_no_emulated_phone_can_show_gets_no_command()
    {
        var physical = Lab with { Phones = [Lab.Phones[0] with { Kind = PhoneKind.Physical }] };
        var strange = Run with { Phones = [Run.Phones[0] with { Model = "OpenStage 41" }] };

        Assert.That(RunEvidence.Write(Run, physical, _ => null, folder, EvidenceChoice.Failed).Results[1].Reproduce, Is.Empty, "no recording");
        Assert.That(Write(strange, EvidenceChoice.Failed).Results[1].Reproduce, Is.Empty, "no such model");
        Assert.That(RunEvidence.Write(Run, Lab with { Phones = [] }, _ => null, folder, EvidenceChoice.Failed).Results[1].Evidence, Has.Count.EqualTo(3), "a service");
    }

    [Test]
    public void A_file_name_with_a_space_is_quoted_in_the_command() =>
        Assert.That(RunEvidence.Command("a b/repro.json"), Is.EqualTo("lab repro \"a b/repro.json\""));

    private RunReport Write(RunReport run, EvidenceChoice choice) => RunEvidence.Write(run, Lab, _ => null, folder, choice);
}
