using NUnit.Framework;
using OpenStage.Fixtures.Transcripts;

namespace OpenStage.Server.Tests.Flows;

/// <summary>The flows of the guide from the service's side, against transcripts that were read against the guide.</summary>
public sealed class ServiceFlowTests
{
    private const string Folder = "service-flows";

    /// <summary>
    /// What a service does by the protocol reference, all of its flows (§7 to §13) and what it must bear besides; every
    /// row needs a flow, and <c>coverage.txt</c> says which one shows it.
    /// </summary>
    private static readonly string[] Rows =
    [
        "§1.3 lingering cookie", "§1.5 signature",
        "§3.1", "§3.2",
        "§4 clean-up", "§4 inventory-changes", "§4 local-changes", "§4 reply-to without MAC", "§4 solicited", "§4 start-up", "§4 status", "§4 without MAC",
        "§5.1 busy", "§5.1 failed", "§5.2",
        "§6 CleanUp", "§6 FileDeployment", "§6 GetNextFragment", "§6 ReadAllItems", "§6 ReadItems", "§6 Restart", "§6 SoftwareDeployment", "§6 WriteItems",
        "§7.1", "§7.1 jobs", "§7.1 unchanged", "§7.2", "§7.3", "§7.4", "§7.4 items", "§7.5", "§7.5 address", "§7.5 address scan", "§7.5 no call", "§7.6", "§7.7",
        "§7.7 read back", "§7.8", "§7.9", "§7.10", "§7.11", "§7.11 file area", "§7.11 unasked", "§7.12", "§7.12 delete", "§7.12 no status", "§7.13", "§7.13 busy",
        "§7.13 file area", "§7.13 loop guard", "§7.13 version", "§7.14", "§7.14 refused", "§7.14 replaced", "§7.15", "§7.15 PIN", "§7.16", "§7.17", "§7.18", "§7.19",
        "§7.19 at each point",
        "§8.2", "§8.2 action", "§8.3", "§8.4 24 steps", "§8.4 already idle", "§8.4 no call", "§8.4 old", "§8.4 restart", "§8.4 single",
        "§9", "§9 contact-me again", "§9 errors", "§9 poll", "§9 restarted",
        "§10 factory reset", "§10 restart", "§10 wrong password",
        "§11 FTP", "§11 FTP several", "§11 HTTPS", "§11 delete", "§11 failed", "§11 priority",
        "§12 busy", "§12 certificate needed", "§12 factory reset", "§12 factory reset not seen", "§12 factory reset refused", "§12 refused", "§12 release", "§12 reply lost", "§12 two authorities",
        "§12.1", "§12.1 address", "§12.1 default port closed", "§12.1 files", "§12.2", "§12.2 retries", "§12.2 unregistered", "§12.2 wrong TAN",
        "§13 logoff", "§13 logoff refused", "§13 logon", "§13 overload", "§13 wrong password",
    ];

    private static IEnumerable<TestCaseData> Flows =>
        FlowFile.All(Folder).Select(name => new TestCaseData(name).SetName(FlowFile.Read(Folder, name).Title.Replace(' ', '_')));

    [TestCaseSource(nameof(Flows))]
    public async Task The_service_says_byte_for_byte_what_the_flow_has(string name)
    {
        var writes = Environment.GetEnvironmentVariable("WRITE_FLOWS") == "1";
        var seen = await ServiceFlowRun.PlayAsync(FlowFile.Read(Folder, name), compares: !writes);
        if (writes)
            FlowFile.Write(seen);
    }

    [Test]
    public void Every_row_of_the_protocol_has_a_flow() => Assert.That(FlowProof.Unmatched(Folder, Rows), Is.Empty);

    [Test]
    public void Every_flow_shows_what_it_says_it_covers() => Assert.That(FlowProof.Faults(Folder), Is.Empty);

    [Test]
    public void A_row_that_no_flow_shows_is_found_out() =>
        Assert.That(FlowProof.Unmatched(Folder, [.. Rows.Skip(1), "§99"]), Is.EqualTo(new[] { "no flow shows §99", $"{Rows[0]} is no row that is needed" }));

    [Test]
    public void A_contact_me_that_a_flow_does_not_have_is_found_out()
    {
        var flow = FlowFile.Read(Folder, "7.05-contact-me");
        var other = flow with { Steps = [.. flow.Steps.TakeWhile(step => step.Kind != "contact-me"), new FlowStep("silent", "")] };
        Assert.That(() => ServiceFlowRun.PlayAsync(other), Throws.TypeOf<AssertionException>().With.Message.Contains("contact-me requests that the flow does not have"));
    }

    [Test]
    public void A_flow_that_expects_something_else_is_found_out()
    {
        var flow = FlowFile.Read(Folder, "7.07-write-items");
        var last = flow.Steps.Last(step => step.Text.Contains("<Action>WriteItems<", StringComparison.Ordinal));
        var other = flow with { Steps = [.. flow.Steps.Select(step => step == last ? step with { Text = step.Text.Replace("WriteItems", "Restart", StringComparison.Ordinal) } : step)] };
        Assert.That(() => ServiceFlowRun.PlayAsync(other), Throws.TypeOf<AssertionException>().With.Message.Contains("-<Action>Restart</Action>"));
    }
}
