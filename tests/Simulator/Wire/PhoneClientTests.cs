using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Simulator.Machine;
using OpenStage.Simulator.Wire;

namespace OpenStage.Simulator.Tests.Wire;

[TestFixture]
public sealed class PhoneClientTests
{
    /// <summary>Such as a service may tell as the address to poll; no name in DNS is as long (RFC 1035).</summary>
    private static readonly Uri TooLong = new($"https://{string.Join('.', Enumerable.Repeat("address", 40))}/");

    [Test]
    public async Task A_message_to_a_name_that_nobody_can_look_up_is_not_delivered()
    {
        using var client = Client();
        var post = new PhoneEffect.Post(TooLong, "POST", [], new byte[1], Delivery.Plain);
        Assert.That(await client.PostAsync(post, CancellationToken.None), Is.TypeOf<PhoneEvent.Undelivered>());
    }

    [Test]
    public async Task A_poll_of_a_name_that_nobody_can_look_up_brings_no_answer()
    {
        using var client = Client();
        Assert.That(await client.PollAsync(TooLong, CancellationToken.None), Is.EqualTo(new PhoneEvent.Polled(null)));
    }

    private static PhoneClient Client() => new(null, "00:1A:E8:00:00:01", new PhoneSurroundings { Time = new ManualClock() }, null);
}
