using System.Text;
using NUnit.Framework;
using OpenStage.Fixtures;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;
using ReaderOptions = OpenStage.Protocol.Xml.ReaderOptions;

namespace OpenStage.Protocol.Tests.Properties;

/// <summary>The quick reading of a message finds what the thorough one finds, or leaves it to that one.</summary>
[TestFixture]
internal sealed class PlainScannerTests
{
    private const int MutationsPerSeed = 20_000;

    private static readonly ReaderOptions Options = new() { Limits = new MessageLimits { MaxBytes = MessageLimits.HardMaxBytes } };

    [TestCase(11)]
    [TestCase(12)]
    [TestCase(13)]
    [TestCase(14)]
    [TestCase(15)]
    public void A_damaged_message_is_read_alike_or_left_alone(int seed)
    {
        var random = new Random(seed);
        var read = 0;
        for (var number = 0; number < MutationsPerSeed; number++)
            read += IsReadAlike(Damage.Mutate(random), $"mutation {number}") ? 1 : 0;

        Assert.That(read, Is.InRange(MutationsPerSeed / 50, MutationsPerSeed), "much damage is to a value, which is as good as another");
    }

    [Test]
    public void Written_messages_are_read_alike_or_left_alone() => Run.ForAll(Any.PhoneMessage, message =>
    {
        IsReadAlike(WorkpointWriter.Write(message), "a written message");
    }, cases: 1000);

    /// <summary>Else nothing would be quick, and no test would know.</summary>
    [Test]
    public void What_we_write_is_read_quickly()
    {
        var message = new WorkpointMessage
        {
            Nonce = "00",
            Reason = ContactReason.ReplyTo,
            Action = "ReadAllItems",
            Status = ReplyStatus.Accepted,
            MaxItems = -1,
            Fragment = FragmentMark.Final,
            Items = [new Item("e164", "a & <b> \"c\" \n\t\r x"), new Item("key-label-unicode", "Büro 📞", 3) { Status = ItemStatus.ReadOnly }, new Item("made-up") { Type = "t" }],
        };

        Assert.That(IsReadAlike(WorkpointWriter.Write(message), "the message"));
        Assert.That(IsReadAlike(WorkpointWriter.Write(message with { Items = [] }), "no items"));
        Assert.That(IsReadAlike(WorkpointWriter.Write(message with { Items = null }), "no list"));
        Assert.That(IsReadAlike(DlsWriter.Write(DlsMessage.CleanUp("00")), "the service's"));
    }

    [Test]
    public void Most_golden_messages_are_read_quickly()
    {
        var files = MessageFiles.In("golden").ToList();
        var read = files.Count(file => IsReadAlike(MessageFiles.Read("golden", file), file));

        Assert.That(read, Is.GreaterThan(files.Count * 3 / 4));
    }

    [TestCase("<Item name=' x'/>")]
    [TestCase("<Item name=' x' />")]
    [TestCase("<Item name=''/>")]
    [TestCase("<Item/>")]
    [TestCase("<Item name='x' name='y'/>")]
    [TestCase("<Item name='x' index='1' index='1'/>")]
    [TestCase("<Item name='x'index='1'/>")]
    [TestCase("<Item name='x' index=' 1'/>")]
    [TestCase("<Item name='x' index='99999999999'/>")]
    [TestCase("<Item name=\"e164\" index=\"1&\">1</Item>")]
    [TestCase("<Item name=\"e164\" index=\"\">1</Item>")]
    [TestCase("<Item name=\"e164\" index=\"1>1</Item>")]
    [TestCase("<Item name=\"e164\" index=\"12 \">1</Item>")]
    [TestCase("<Item name='x' status='Failed'/>")]
    [TestCase("<Item name='x' status='failed' status='failed'/>")]
    [TestCase("<Item name='x' type='a' type='b'/>")]
    [TestCase("<Item name='x'> a</Item>")]
    [TestCase("<Item name='x'>&#32;</Item>")]
    [TestCase("<Item name='x'>]]></Item>")]
    [TestCase("<Item name='x'>a\rb</Item>")]
    [TestCase("<Item name='a\nb'/>")]
    [TestCase("<Item name='x'>&unknown;</Item>")]
    [TestCase("<Item name='x'>&#0;</Item>")]
    [TestCase("<Item name='x'>&#xD800;</Item>")]
    [TestCase("<Item name='x'>&#xFFFE;</Item>")]
    [TestCase("<Item name='x'>&#+65;</Item>")]
    [TestCase("<Item name='x'>&#;</Item>")]
    [TestCase("<Item name='x'>\uFFFE</Item>")]
    [TestCase("<Item name='x'>\u00A0</Item>")]
    [TestCase("<Item name='x'>a</Item >")]
    [TestCase("<Item name='x'>a<b/></Item>")]
    [TestCase("<item name='x'/>")]
    [TestCase("<a:Item name='x'/>")]
    [TestCase("<Item a:name='x'/>")]
    [TestCase("<Item name='x'><!-- --></Item>")]
    [TestCase("text")]
    public void What_it_does_not_know_is_left_alone(string item) =>
        Assert.That(IsReadAlike(Encoding.UTF8.GetBytes(Message(item)), item), Is.False);

    [TestCase("<Item name='x' />")]
    [TestCase("<Item  name=\"x\"\tindex='07'\n>&#65;&#x1F4DE;&apos;</Item>")]
    [TestCase("<Item index='-3' name='a&amp;b'>\u00E4\tb\nc</Item>")]
    [TestCase("<Item name=\"it's\" type='\"'>1</Item>")]
    [TestCase("<Item name=\"function-key-def\" index=\"7\">1</Item>")]
    [TestCase("<Item name=\"function-key-def\" index=\"07\">1</Item>")]
    [TestCase("<Item name=\"function-key-def\" index=\"117\">1</Item>")]
    public void What_looks_odd_but_means_one_thing_is_read(string item) =>
        Assert.That(IsReadAlike(Encoding.UTF8.GetBytes(Message(item)), item));

    private static string Message(string item) =>
        "<WorkpointMessage xmlns=\"http://www.siemens.com/DLS\"><Message nonce=\"1\"><ReasonForContact>start-up</ReasonForContact>"
        + $"<ItemList>{item}</ItemList></Message></WorkpointMessage>";

    /// <summary>True when the message was read quickly; fails when the thorough reading is another.</summary>
    private static bool IsReadAlike(byte[] body, string what) => IsReadAlike(body, Dialect.Phone, what) | IsReadAlike(body, Dialect.Service, what);

    private static bool IsReadAlike(byte[] body, Dialect dialect, string what)
    {
        if (PlainScanner.Scan(body, dialect, Options.Limits) is not { } plain)
            return false;
        var thorough = MessageScanner.Scan(body, dialect, Options, out var error);

        Assert.That(error, Is.Null, what);
        Assert.That(thorough!.Observations, Is.Empty, what);
        Assert.That(Texts(plain.MessageAttributes), Is.EqualTo(Texts(thorough.MessageAttributes)), what);
        Assert.That(Texts(plain.HeadAttributes), Is.EqualTo(Texts(thorough.HeadAttributes)), what);
        Assert.That(plain.Head?.Text, Is.EqualTo(thorough.Head?.Text), what);
        Assert.That(plain.Items, Is.EqualTo(thorough.Items), what);
        return true;
    }

    private static Dictionary<string, string> Texts(Dictionary<string, ScannedText> attributes) => attributes.ToDictionary(at => at.Key, at => at.Value.Text);
}
