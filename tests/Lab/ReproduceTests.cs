using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Conformance;
using OpenStage.Harness.Reproduction;

namespace OpenStage.Lab.Tests;

/// <summary>From a red cell to its cause, as the command line has it: run, repro, shrink, explain.</summary>
[TestFixture]
public sealed class ReproduceTests : CommandFixture
{
    /// <summary>Fails with the quirk not-busy-in-call.</summary>
    private const string Case = "wpi/3.6.4/1";

    private string Repro => In(Path.Combine("out", "evidence", "a", "wpi-3.6.4-1", "repro.json"));

    [Test]
    public async Task A_failure_is_found_again_by_the_command_of_the_report_and_passes_when_its_quirk_is_gone()
    {
        Assert.That(await RunAsync($"case == {Case} or case == wpi/3.3/1", "not-busy-in-call"), Is.EqualTo(1));
        Assert.That(await File.ReadAllTextAsync(In(Path.Combine("out", "report.json"))), Does.Contain("\"reproduce\": \"lab repro evidence/a/wpi-3.6.4-1/repro.json\""));

        Assert.That(await InvokeAsync("repro", Repro, "--out", In("again")), Is.EqualTo(1));
        Assert.That(Output, Does.Contain("It fails again, in the same way: expected status 'busy', got 'accepted'"));
        Assert.That(In(Path.Combine("again", "report.html")), Does.Exist);
        Assert.That(In(Path.Combine("again", "evidence", "a", "wpi-3.6.4-1", "case.pcapng")), Does.Exist);

        Change("failure", "actual", "'failed'");
        Assert.That(await InvokeAsync("repro", Repro, "--alone"), Is.EqualTo(1));
        Assert.That(Output, Does.Contain("It fails, but in another way: expected status 'busy', got 'accepted'").And.Contain("In the run it was Fail: expected status 'busy', got 'failed'"));

        Change("phone", "quirks", new JsonArray());
        Assert.That(await InvokeAsync("repro", Repro), Is.Zero);
        Assert.That(Output, Does.Contain("It passes now."));
    }

    [Test]
    public async Task What_the_failure_does_not_need_is_shrunk_away()
    {
        Assert.That(await RunAsync($"case == {Case} or case == wpi/3.3/1", "connection-close\", \"not-busy-in-call\", \"nonce-lower-case"), Is.EqualTo(1));
        Assert.That(await InvokeAsync("shrink", Repro), Is.Zero, Errors);

        var shrunk = Path.Combine(Path.GetDirectoryName(Repro)!, "shrunk");
        var small = ReproFile.Read(Path.Combine(shrunk, "repro.json"));
        Assert.That(small.Phone.Quirks, Is.EqualTo(new[] { "not-busy-in-call" }));
        Assert.That(small.Before, Is.Empty);
        Assert.That(small.Phone.WithoutItems, Has.Count.GreaterThan(250));
        Assert.That(Output, Does.Contain("quirks: 3 -> 1 (").And.Match("exchange: [0-9]+ messages with [0-9]+ bytes -> [0-9]+ messages with [0-9]+ bytes, runs: [0-9]+"));
        Assert.That(new FileInfo(Path.Combine(shrunk, "transcript.txt")).Length, Is.LessThan(new FileInfo(Path.Combine(Path.GetDirectoryName(Repro)!, "transcript.txt")).Length));
        Assert.That(await InvokeAsync("repro", Path.Combine(shrunk, "repro.json")), Is.EqualTo(1));
        Assert.That(Output, Does.Contain("It fails again, in the same way"));
    }

    [Test]
    public async Task What_does_not_fail_cannot_be_shrunk()
    {
        Assert.That(await RunAsync($"case == {Case}", "not-busy-in-call"), Is.EqualTo(1));
        Change("phone", "quirks", new JsonArray());
        Assert.That(await InvokeAsync("shrink", Repro), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("the case does not fail in that way now (Pass), so there is nothing to shrink"));
    }

    [Test]
    public async Task A_repro_that_cannot_be_used_ends_with_2()
    {
        Assert.That(await RunAsync($"case == {Case}", "not-busy-in-call"), Is.EqualTo(1));
        Assert.That(await InvokeAsync("shrink", Repro, "--tries", "0"), Is.EqualTo(2));
        Assert.That(await InvokeAsync("shrink", Repro, "--out", Path.GetDirectoryName(Repro)!), Is.EqualTo(2));
        Change(null, "case", "wpi/3.6.4/11111");
        Assert.That(await InvokeAsync("repro", Repro), Is.EqualTo(2));
        Change(null, "seed", -1);
        Assert.That(await InvokeAsync("repro", Repro), Is.EqualTo(2));
        Assert.That(await InvokeAsync("run", "--evidence", "some"), Is.EqualTo(2));

        Assert.That(Errors, Does.Contain("--tries '0' is not allowed; allowed is a whole number from 1 to 100000.").And.Contain("which would be lost; allowed is another folder.")
            .And.Contain("repro.json: case: 'wpi/3.6.4/11111' is not allowed; this suite (version ").And.Contain("wpi/3.6.4/1")
            .And.Contain(": seed: '-1' is not allowed").And.Contain("--evidence 'some' is not allowed; allowed is failed, all or none."));
    }

    [Test]
    public async Task A_case_is_explained_with_what_came_of_it_and_where_it_left_the_passing_way()
    {
        Assert.That(await RunAsync($"case == {Case}", "not-busy-in-call", "--history", In("lab.db")), Is.EqualTo(1));
        Assert.That(await InvokeAsync("explain", Case, In("out"), "--history", In("lab.db")), Is.Zero);

        var told = Output;
        Assert.That(told, Does.Contain("Asked for: A phone in a call refuses WriteItems with status busy. (WPI guide p.46, section 3.6.4)"));
        Assert.That(told, Does.Contain("Level: Must; maturity: EmulatorProven").And.Contain("Catches: not-busy-in-call, busy-as-failed").And.Contain("  Rule R-"));
        Assert.That(told, Does.Contain("a: Fail, not compatible").And.Contain("Expected: status 'busy'").And.Contain($"Again: {RunEvidence.Command(Path.Combine(In("out"), "evidence/a/wpi-3.6.4-1/repro.json"))}"));
        Assert.That(told, Does.Contain("Last green: in none of the runs of the history").And.Contain("b: Pass").And.Contain("Last green: in this run"));
        Assert.That(told, Does.Contain("Nearest passing: b (OpenStage 40 V3 R5.12.0)").And.Contain("First different at message 3: 'reply-to WriteItems accepted -> CleanUp' here, 'reply-to WriteItems busy -> CleanUp' there"));
        Assert.That(told, Does.Contain("- phone: <ReasonForContact action=\"WriteItems\" status=\"accepted\"> reply-to").And.Contain("+ phone: <ReasonForContact action=\"WriteItems\" status=\"busy\"> reply-to"));
    }

    [Test]
    public async Task A_case_is_explained_without_a_run_and_an_unknown_one_leads_to_its_neighbours()
    {
        Assert.That(await InvokeAsync("explain", Case), Is.Zero);
        Assert.That(Output, Does.Contain("Asked for:").And.Not.Contain("Last green"));
        Assert.That(await InvokeAsync("explain", "srv/3.6.4/1"), Is.Zero);
        Assert.That(Output, Does.Contain("Asked for: WriteItems has names, indexes and values.").And.Contain("needs: WriteItems"));
        Assert.That(await InvokeAsync("explain", "wpi/3.6.4/l"), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("case 'wpi/3.6.4/l' is not allowed: no such case; near are wpi/3.6.4/1, "));
        Assert.That(await InvokeAsync("explain", Case, "--phone", "a"), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("--phone is not allowed without a run"));
        Assert.That(await InvokeAsync("explain", Case, In("none")), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("cannot be read: "));
    }

    [Test]
    public void No_two_cases_share_a_folder() =>
        Assert.That(CaseSuite.All.Select(info => CaseFolder.Of("a", info.Id).ToLowerInvariant()).Distinct().Count(), Is.EqualTo(CaseSuite.All.Select(info => info.Id).Distinct().Count()));

    private string In(string name) => Path.Combine(Folder, name);

    private void Change(string? parent, string key, JsonNode value)
    {
        var root = JsonNode.Parse(File.ReadAllText(Repro))!.AsObject();
        (parent is null ? root : root[parent]!.AsObject())[key] = value;
        File.WriteAllText(Repro, root.ToJsonString());
    }

    /// <summary>A run on a phone with quirks and on one without.</summary>
    private Task<int> RunAsync(string where, string quirks, params string[] options)
    {
        var file = In("lab.json");
        File.WriteAllText(file, $$"""
            { "phones": [
              { "id": "a", "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40", "firmware": "V3 R5.12.0", "quirks": ["{{quirks}}"] },
              { "id": "b", "mac": "00:1A:E8:00:00:02", "model": "OpenStage 40", "firmware": "V3 R5.12.0" } ] }
            """);
        return InvokeAsync(["run", file, "--out", In("out"), "--where", where, .. options]);
    }

    /// <summary>On a thread of its own, so that the inner run sees nothing of the test run around it.</summary>
    private static Task<int> InvokeAsync(params string[] arguments)
    {
        using (ExecutionContext.SuppressFlow())
            return Task.Run(() => LabCommand.InvokeAsync(arguments));
    }
}
