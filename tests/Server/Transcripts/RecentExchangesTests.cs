using System.Text;
using NUnit.Framework;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Transcripts;

namespace OpenStage.Server.Tests.Transcripts;

/// <summary>The latest exchanges, for the administration.</summary>
public sealed class RecentExchangesTests
{
    [Test]
    public void The_latest_thousand_are_kept()
    {
        var recent = new RecentExchanges();
        for (var number = 1; number <= 1001; number++)
            recent.Add(Exchange(number, "x"));

        Assert.That(recent.Of(null).Select(entry => entry.Sequence), Is.EqualTo(Enumerable.Range(2, 1000)));
    }

    [Test]
    public void Large_ones_are_kept_as_far_as_32_MB_go()
    {
        var recent = new RecentExchanges();
        var body = new string('x', 1024 * 1024);
        for (var number = 1; number <= 40; number++)
            recent.Add(Exchange(number, body));

        Assert.That(recent.Of(null).Select(entry => entry.Sequence), Is.EqualTo(Enumerable.Range(9, 32)));
    }

    [Test]
    public void Secrets_are_masked_for_whoever_looks()
    {
        var recent = new RecentExchanges();
        recent.Add(Exchange(1, "<Item name=\"user-pwd\">hunter2</Item>"));

        Assert.That(recent.Of("00:1A:E8:00:00:01").Single().RequestBody, Does.Contain("***").And.Not.Contain("hunter2"));
    }

    private static HttpExchange Exchange(long sequence, string body) => new()
    {
        Sequence = sequence,
        Kind = ExchangeKind.Message,
        Mac = "00:1A:E8:00:00:01",
        Offset = TimeSpan.Zero,
        Method = "POST",
        Target = "/",
        RequestBody = Encoding.UTF8.GetBytes(body),
    };
}
