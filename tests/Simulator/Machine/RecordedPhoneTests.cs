using NUnit.Framework;
using OpenStage.Fixtures;
using OpenStage.Protocol.ContactMe;
using OpenStage.Protocol.Recordings;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Tests.Machine;

[TestFixture]
public sealed class RecordedPhoneTests
{
    [Test]
    public void A_recorded_phone_has_the_headers_spelling_and_items_of_its_recording()
    {
        var post = Boot();
        var text = System.Text.Encoding.UTF8.GetString(post.Body.Span);
        Assert.That(post.Headers.Select(header => header.Name), Is.EqualTo(new[] { "Host", "Content-Type", "Content-Length" }));
        Assert.That(post.Headers[1].Value, Is.EqualTo("text/xml"));
        Assert.That(post.Headers[2].Value, Is.EqualTo($"{post.Body.Length}"));
        Assert.That(text, Does.StartWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>").And.Contain("\nstart-up\n").And.Contain("<Item name=\"e164\">498912345610</Item>").And.Contain("<Item name=\"bootstrapping-tan\"/>"));
    }

    [Test]
    public void It_says_its_own_address_and_nonce_and_not_the_recorded_ones()
    {
        var text = System.Text.Encoding.UTF8.GetString(Boot().Body.Span);
        Assert.That(text, Does.Contain("http://127.20.0.1:8085/").And.Contain("00:1A:E8:00:00:07").And.Not.Contain("192.168.10.60").And.Not.Contain("00:01:E3:25:7A:0F").And.Not.Contain("A1B2C3D4E5F60718293A4B5C6D7E8001"));
    }

    [Test]
    public void The_same_seed_makes_the_same_bytes()
    {
        var first = Boot().Body.ToArray();
        Assert.That(Boot().Body.ToArray(), Is.EqualTo(first));
        Assert.That(Boot(seed: 2).Body.ToArray(), Is.Not.EqualTo(first));
    }

    [Test]
    public void Between_answer_and_next_message_it_pauses_as_recorded()
    {
        var phone = Make(1);
        phone.Handle(new PhoneEvent.PowerOn(), default);
        var effects = phone.Handle(new PhoneEvent.TimerFired(PhoneTimer.Boot), default);
        Assert.That(effects.OfType<PhoneEffect.StartTimer>(), Has.Member(new PhoneEffect.StartTimer(PhoneTimer.Retry, TimeSpan.FromMilliseconds(115))));
    }

    [Test]
    public void Pauses_and_the_rest_come_from_a_file_that_reads_back_as_it_is()
    {
        var text = Text();
        Assert.That(RecordingFile.Parse("x", RecordingFile.Write(RecordingFile.Parse("x", text))), Has.Property("Exchanges").Count.EqualTo(8));
    }

    private static PhoneEffect.Post Boot(int seed = 1)
    {
        var phone = Make(seed);
        phone.Handle(new PhoneEvent.PowerOn(), default);
        phone.Handle(new PhoneEvent.TimerFired(PhoneTimer.Boot), default);
        return phone.Handle(new PhoneEvent.TimerFired(PhoneTimer.Retry), default).OfType<PhoneEffect.Post>().Single();
    }

    private static Phone Make(int seed)
    {
        var recording = RecordingFile.Parse("guide-examples.json", Text());
        var options = new PhoneOptions
        {
            Server = new Uri("https://127.0.0.1:18443"),
            Model = recording.Device.Model,
            Firmware = recording.Device.Firmware,
            Mac = "00:1A:E8:00:00:07",
            Address = "127.20.0.1",
            Recording = recording,
        };
        return new Phone(options.Check(System.Net.IPAddress.Parse("127.20.0.1"), ContactMeRequest.DefaultPort), (ulong)seed);
    }

    private static string Text() => File.ReadAllText(Path.Combine(Path.GetDirectoryName(MessageFiles.Root)!, "recordings", "guide-examples.json"));
}
