using NUnit.Framework;
using OpenStage.Fixtures.Transcripts;

namespace OpenStage.Server.Tests.Flows;

/// <summary>The flows of the guide from the service's side, against transcripts that were read against the guide.</summary>
public sealed class ServiceFlowTests
{
    private const string Folder = "service-flows";

    /// <summary>What a service does by the protocol reference; every row needs a flow.</summary>
    private static readonly string[] Rows =
    [
        "§3.1", "§3.2", "§4 start-up", "§4 solicited", "§4 local-changes", "§4 inventory-changes", "§4 status", "§4 clean-up", "§4 reply-to without MAC",
        "§6 ReadAllItems", "§6 ReadItems", "§6 WriteItems", "§6 Restart", "§6 FileDeployment", "§6 SoftwareDeployment", "§6 CleanUp", "§6 GetNextFragment",
        "§7.1", "§7.1 unchanged", "§7.2", "§7.3", "§7.4", "§7.5", "§7.5 address", "§7.6", "§7.7", "§7.7 read back", "§7.8", "§7.9", "§7.10", "§7.11", "§7.12", "§7.12 no status", "§7.13", "§7.13 busy",
        "§7.14", "§7.17", "§7.19", "§8.2", "§8.3", "§8.4 old", "§8.4 24 steps", "§9", "§11 FTP", "§11 delete", "§13 logon", "§13 wrong password", "§13 logoff",
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
    public void Every_row_of_the_protocol_has_a_flow()
    {
        var covered = FlowFile.All(Folder).SelectMany(name => FlowFile.Read(Folder, name).Covers).ToHashSet();
        Assert.That(Rows.Where(row => !covered.Contains(row)), Is.Empty);
        Assert.That(covered.Where(row => !Rows.Contains(row)), Is.Empty);
    }

    [Test]
    public void A_flow_that_expects_something_else_is_found_out()
    {
        var flow = FlowFile.Read(Folder, FlowFile.All(Folder)[0]);
        var last = flow.Steps.Last(step => step.Text.Contains("<Action>WriteItems<", StringComparison.Ordinal));
        var other = flow with { Steps = [.. flow.Steps.Select(step => step == last ? step with { Text = step.Text.Replace("WriteItems", "Restart", StringComparison.Ordinal) } : step)] };
        Assert.That(() => ServiceFlowRun.PlayAsync(other), Throws.TypeOf<AssertionException>().With.Message.Contains("-<Action>Restart</Action>"));
    }
}
