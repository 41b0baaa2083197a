using NUnit.Framework;
using OpenStage.Fixtures.Transcripts;

namespace OpenStage.Simulator.Tests.Flows;

/// <summary>The player of flows finds out what is wrong and says where.</summary>
[TestFixture]
internal sealed class FlowRunTests
{
    [Test]
    public Task Another_value_is_shown_as_a_difference_with_its_place() => FailsAsync(
        Changed("7.06-read-items", text => text.Replace("index=\"1\">0</Item>", "index=\"1\">1</Item>", StringComparison.Ordinal)),
        "7.06-read-items, step 4, phone: - is what the flow has", "-<Item name=\"codec-type\" index=\"1\">1</Item>\n+<Item name=\"codec-type\" index=\"1\">0</Item>\n <Item name=\"sntp-addr\">");

    [Test]
    public Task Another_acknowledgement_is_shown_as_a_difference() => FailsAsync(
        Changed("7.05-contact-me", text => text.Replace("204 No Content", "200 OK", StringComparison.Ordinal)), "-HTTP/1.1 200 OK\n+HTTP/1.1 204 No Content\n");

    [Test]
    public Task A_message_that_does_not_come_is_found_out_at_once()
    {
        var flow = FlowFile.Read("flows", "7.05-contact-me");
        return FailsAsync(flow with { Steps = [.. flow.Steps, new FlowStep("phone", "")] }, "step 5, phone: the phone is silent");
    }

    [Test]
    public Task A_message_that_the_flow_does_not_have_is_found_out()
    {
        var flow = FlowFile.Read("flows", "8.4-already-idle");
        return FailsAsync(flow with { Steps = [.. flow.Steps.Take(3), new FlowStep("silent", "")] }, "step 4, silent: the phone sends more than the flow has", "<ReasonForContact>solicited<");
    }

    [Test]
    public Task A_message_that_comes_while_time_goes_by_is_found_out()
    {
        var flow = FlowFile.Read("flows", "7.18-overload");
        var overload = flow.Steps.Select((step, number) => (step, number)).First(pair => pair.step.Text.Contains("overload", StringComparison.Ordinal)).number;
        return FailsAsync(flow with { Steps = [.. flow.Steps.Take(overload + 1), new FlowStep("silent 61", "")] }, "silent 61: the phone sends more than the flow has");
    }

    [Test]
    public void A_difference_has_three_lines_around_it_and_leaves_out_the_rest()
    {
        var difference = LineDiff.Between("1\n2\n3\n4\n5\n6\n7\n8\n9", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10");
        Assert.That(difference, Is.EqualTo("@@ line 2 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 9\n+10\n"));
        Assert.That(LineDiff.Between("a\nb", "a\nb"), Is.Empty);
    }

    private static FlowFile Changed(string name, Func<string, string> change)
    {
        var flow = FlowFile.Read("flows", name);
        return flow with { Steps = [.. flow.Steps.Select(step => step with { Text = step.Kind.StartsWith("service", StringComparison.Ordinal) ? step.Text : change(step.Text) })] };
    }

    private static async Task FailsAsync(FlowFile flow, params string[] expected)
    {
        var fault = await Assert.CatchAsync(() => FlowRun.PlayAsync(flow));
        foreach (var text in expected)
            Assert.That(fault!.Message, Does.Contain(text));
    }
}
