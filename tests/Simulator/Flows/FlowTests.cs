using NUnit.Framework;
using OpenStage.Fixtures.Transcripts;

namespace OpenStage.Simulator.Tests.Flows;

[TestFixture]
public sealed class FlowTests
{
    /// <summary>The rows of the protocol reference that a phone takes part in: reasons, statuses, actions, flows.</summary>
    private static readonly string[] Rows =
    [
        "§4 start-up", "§4 solicited", "§4 reply-to", "§4 local-changes", "§4 inventory-changes", "§4 status", "§4 clean-up",
        "§5.1 accepted", "§5.1 failed", "§5.1 busy",
        "§5.2 failed", "§5.2 unknown item", "§5.2 read only", "§5.2 invalid index", "§5.2 unexpected item", "§5.2 not supported", "§5.2 invalid data", "§5.2 undefined status",
        "§6 ReadAllItems", "§6 ReadItems", "§6 WriteItems", "§6 Restart", "§6 FileDeployment", "§6 SoftwareDeployment", "§6 CleanUp", "§6 GetNextFragment",
        .. Enumerable.Range(1, 19).Select(number => $"§7.{number}"),
        "§8.2", "§8.3", "§8.4 single", "§8.4 24 steps", "§8.4 restart", "§8.4 factory reset", "§8.4 failure", "§8.4 already idle", "§9", "§10 restart", "§10 factory reset", "§10 wrong password",
        "§11 FTP", "§11 HTTPS", "§11 several", "§11 delete", "§11 priority", "§11 failed", "§12 busy", "§12.1", "§12.2", "§12.2 retries", "§12.2 wrong TAN", "§13 logon", "§13 logoff", "§13 overload",
    ];

    private static IEnumerable<TestCaseData> Flows => FlowFile.All("flows").Select(name => new TestCaseData(name).SetName(FlowFile.Read("flows", name).Title.Replace(' ', '_')));

    [TestCaseSource(nameof(Flows))]
    public async Task The_phone_says_byte_for_byte_what_the_flow_has(string name)
    {
        var writes = Environment.GetEnvironmentVariable("WRITE_FLOWS") == "1";
        var seen = await FlowRun.PlayAsync(FlowFile.Read("flows", name), compares: !writes);
        if (writes)
            FlowFile.Write(seen);
    }

    [Test]
    public void Every_row_of_the_protocol_has_a_flow() => Assert.That(FlowProof.Unmatched("flows", Rows), Is.Empty);

    [Test]
    public void Every_flow_shows_what_it_says_it_covers() => Assert.That(FlowProof.Faults("flows"), Is.Empty);

    [TestCase("8.4-24-steps", "reply-to busy > CleanUp", "the steps reply-to busy > CleanUp; it has call-start > contact-me > 204")]
    [TestCase("7.05-contact-me", "solicited > CleanUp", "the text status=\"busy\"")]
    public void A_flow_without_what_it_should_show_is_found_out(string flow, string steps, string expected) =>
        Assert.That(new FlowProof("", flow, steps.Split(" > "), ["status=\"busy\""]).Missing(FlowFile.Read("flows", flow)), Does.StartWith(expected));
}
