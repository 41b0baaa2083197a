using System.Text;
using NUnit.Framework;
using OpenStage.Fixtures;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Tests.Machine;

[TestFixture]
public sealed class MalformedAnswerTests
{
    private static IEnumerable<string> Files => MessageFiles.In("malformed");

    [TestCaseSource(nameof(Files))]
    public void Whatever_comes_the_phone_complains_once_or_ends_and_lives_on(string file)
    {
        var body = MessageFiles.Read("malformed", file);
        var phone = new Driven().Happens(new PhoneEvent.Answer(200, [], false, body));
        if (phone.Posts.Count > 0 && phone.Reason == "clean-up")
            Assert.That(phone.Happens(new PhoneEvent.Answer(200, [], false, body)).Posts, Is.Empty);
        else if (phone.Posts.Count > 0)
            phone.Gets(ServerAction.CleanUp);

        Assert.That(phone.After(TimeSpan.FromMinutes(6)).IsContacted().Reason, Is.EqualTo("solicited"));
    }

    [Test]
    public void An_oversized_answer_is_complained_about()
    {
        var body = Encoding.UTF8.GetBytes($"<DLSMessage><Message nonce=\"1\"><Action>CleanUp</Action><!--{new string('x', 2_000_000)}--></Message></DLSMessage>");
        Assert.That(new Driven().Happens(new PhoneEvent.Answer(200, [], false, body)).Reason, Is.EqualTo("clean-up"));
    }

    [TestCase(404)]
    [TestCase(500)]
    public void An_error_of_the_service_is_tried_again(int status)
    {
        var phone = new Driven().Happens(new PhoneEvent.Answer(status, [], false, default));
        Assert.That(phone.Effects.OfType<PhoneEffect.StartTimer>().Single().Timer, Is.EqualTo(PhoneTimer.Retry));
    }

    [TestCase(200)]
    [TestCase(204)]
    public void An_empty_answer_ends_the_interaction(int status)
    {
        var phone = new Driven().Happens(new PhoneEvent.Answer(status, [], false, default));
        Assert.That(phone.Posts, Is.Empty);
        Assert.That(phone.Phone.InInteraction, Is.False);
    }
}
