using NUnit.Framework;
using OpenStage.Harness.Captures;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Tests.Reports;

namespace OpenStage.Harness.Tests.Captures;

[TestFixture]
public sealed class TranscriptTextTests
{
    private static readonly ResultEntry Failed = SampleRun.Result(Verdict.Fail, "wpi/1/1", "os40", [.. SampleExchanges.All]) with { Expected = "this", Actual = "that" };

    [Test]
    public void It_says_what_was_asked_for_what_came_and_what_was_said()
    {
        var run = SampleRun.Of(Failed);
        var text = TranscriptText.Write(Failed, run.Cases[0], run.Phones[0]);

        Assert.That(text, Does.StartWith("wpi/1/1 A title\nA rule (WPI guide p.46, section 1, Must)\nPhone: os40 OpenStage 40 V3 R3.24.0 00:1A:E8:00:00:01\nVerdict: fail\nExpected: this\nActual: that\n"));
        Assert.That(text, Does.Contain("\n==== 3. a request -> an answer\n     at 2.500 s of the run, answered after 700.0 ms, 0.500 s after the one before\n     127.20.0.1:40001 to 127.0.0.1:18443 Tls13\n> POST /DeploymentService/LoginService HTTP/1.1\n> Host: 127.0.0.1:18443\n"));
        Assert.That(text, Does.Contain("> Cookie: JSESSIONID=F2F7…\n>\n> <WorkpointMessage>2</WorkpointMessage>\n< HTTP/1.1 200\n"));
        Assert.That(text, Does.EndWith("> <WorkpointMessage>4</WorkpointMessage>\n< no answer reset by peer\n"));
    }

    [Test]
    public void The_outline_has_a_line_a_message_with_the_time_since_the_first()
    {
        Assert.That(TranscriptText.Outline(Failed).First(), Is.EqualTo("  1  +0.000 s  a request -> an answer"));
        Assert.That(TranscriptText.Outline(Failed).Last(), Is.EqualTo("  5  +3.000 s  a request -> an answer"));
    }
}
