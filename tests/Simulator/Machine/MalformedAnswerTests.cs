using System.Text;
using NUnit.Framework;
using OpenStage.Fixtures;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Tests.Machine;

[TestFixture]
public sealed class MalformedAnswerTests
{
    private static IEnumerable<string> Files => Corpus.Files;

    [Test]
    public void The_corpus_has_at_least_200_messages() => Assert.That(Corpus.Files.Count, Is.AtLeast(200));

    [TestCaseSource(nameof(Files))]
    public void Whatever_comes_the_phone_answers_or_ends_and_lives_on(string file)
    {
        var body = Corpus.Read(file);
        foreach (var situation in Situation.All)
            Assert.That(() => Survivor.Takes(situation.Phone(), body), Throws.Nothing, $"a phone {situation}");
    }

    [TestCase("contact-me-ignored", "the phone does not answer a contact-me")]
    [TestCase("read-items-missing", "the phone does not read its items")]
    public void A_phone_that_does_not_survive_is_found_out(string quirk, string fault) => Assert.That(
        () => Survivor.Takes(Corpus.Read("senseless/action-unknown.xml"), quirk), Throws.InvalidOperationException.With.Message.EqualTo(fault));

    /// <summary>What cannot be read at all is complained about once, or ends the interaction (WPI guide p.13).</summary>
    [TestCaseSource(nameof(Unreadable))]
    public void What_cannot_be_read_is_complained_about_once(string file)
    {
        var body = MessageFiles.Read("malformed", file);
        var phone = new Driven().Happens(new PhoneEvent.Answer(200, [], false, body));
        Assert.That(phone.Posts.Count == 0 || phone.Reason == "clean-up");
        Assert.That(phone.Happens(new PhoneEvent.Answer(200, [], false, body)).Posts, Is.Empty);
        Assert.That(phone.Phone.InInteraction, Is.False);
    }

    private static IEnumerable<string> Unreadable => MessageFiles.In("malformed");

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
