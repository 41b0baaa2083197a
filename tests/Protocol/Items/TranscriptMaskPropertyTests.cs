using System.Net;
using System.Text;
using NUnit.Framework;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Wire;

namespace OpenStage.Protocol.Tests.Items;

/// <summary>Messages by the thousand, whole, cut and damaged, from a fixed seed.</summary>
[TestFixture]
public sealed class TranscriptMaskPropertyTests
{
    // Digits only, so that no damage by the letters and markup below can make or break it.
    private const string Secret = "90817263545";

    private static readonly string[] SecretNames = [.. ItemCatalogue.Default.All.Where(item => item.IsSecret).Select(item => item.Name)];
    private static readonly string[] OpenNames = [.. ItemCatalogue.Default.All.Where(item => !item.IsSecret).Select(item => item.Name)];
    private static readonly string[] Spaces = ["", " ", "\n", "\t ", "\r\n"];
    private static readonly string[] Prefixes = ["", "", "w:", "ns-1:"];
    private static readonly string[] Inner = ["", "", " ", "&lt;", "ü", "中", "&#10;", "<!-- </Item> -->", "<?x </Item>?>", "<b/>"];

    private static readonly Encoding[] Encodings =
    [
        new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true),
        new UnicodeEncoding(false, false), new UnicodeEncoding(true, false), new UTF32Encoding(false, true),
    ];

    [Test]
    public void No_secret_of_a_whole_message_survives_and_the_rest_stays()
    {
        var random = new Random(12345);
        for (var run = 0; run < 5000; run++)
        {
            var (body, masked) = Message(random);
            var encoding = Pick(random, Encodings);

            Assert.That(TranscriptMask.Mask(Bytes(encoding, body)), Is.EqualTo(Bytes(encoding, masked)), body);
        }
    }

    [Test]
    public void No_secret_of_a_cut_message_survives()
    {
        var random = new Random(12345);
        for (var run = 0; run < 5000; run++)
        {
            var (body, _) = Message(random);
            var encoding = Pick(random, Encodings);
            var bytes = Bytes(encoding, body);

            AssertNoLeak(encoding, bytes[..random.Next(bytes.Length + 1)], body);
        }
    }

    /// <summary>A quote lost, doubled or of the other kind, a closing angle or an end tag lost.</summary>
    [Test]
    public void No_secret_of_a_damaged_message_survives()
    {
        var random = new Random(12345);
        for (var run = 0; run < 10000; run++)
        {
            var (body, _) = Message(random);
            var damaged = Damage(random, body);
            var encoding = Pick(random, Encodings);

            AssertNoLeak(encoding, Bytes(encoding, damaged), damaged);
        }
    }

    [Test]
    public void Masking_twice_is_masking_once()
    {
        var random = new Random(12345);
        for (var run = 0; run < 2000; run++)
        {
            var bytes = Bytes(Pick(random, Encodings), Damage(random, Message(random).Body));
            var once = TranscriptMask.Mask(bytes);

            Assert.That(TranscriptMask.Mask(once), Is.EqualTo(once));
        }
    }

    [Test]
    public void Arbitrary_bytes_are_no_error()
    {
        var random = new Random(12345);
        for (var run = 0; run < 5000; run++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);

            Assert.That(() => TranscriptMask.Mask(bytes), Throws.Nothing);
        }
    }

    [TestCase("<Item name=\"user-pwd\">")]
    [TestCase("<Item name=\"")]
    [TestCase("<Item name=\"user-pwd\"><!--")]
    [TestCase("<Item name=user-pwd name=")]
    [TestCase("-----BEGIN PRIVATE KEY-----")]
    [TestCase("<")]
    [CancelAfter(20_000)]
    public void A_message_that_repeats_its_damage_takes_no_longer_than_its_length_allows(string part, CancellationToken stop)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length)));

        Assert.That(TranscriptMask.Mask(bytes), Is.Not.Null);
        Assert.That(stop.IsCancellationRequested, Is.False);
    }

    private static (string Body, string Masked) Message(Random random)
    {
        var body = new StringBuilder("<WorkpointMessage><Message nonce=\"A1\"><ItemList>");
        var masked = new StringBuilder(body.ToString());
        for (var item = random.Next(1, 5); item > 0; item--)
        {
            var isSecret = random.Next(2) == 0;
            var prefix = Pick(random, Prefixes);
            var name = Pick(random, isSecret ? SecretNames : OpenNames);
            var start = $"<{prefix}Item{Attributes(random, name)}{Pick(random, Spaces)}>";
            var end = $"</{prefix}Item{Pick(random, Spaces)}>{Pick(random, Spaces)}";
            var content = $"{Pick(random, Inner)}{(isSecret ? Secret : "12345")}{Pick(random, Inner)}";
            if (random.Next(5) == 0)
                content = $"<![CDATA[{content}</Item>]]>";
            body.Append(start).Append(content).Append(end);
            masked.Append(start).Append(isSecret ? "***" : content).Append(end);
        }

        return ($"{body}</ItemList></Message></WorkpointMessage>", $"{masked}</ItemList></Message></WorkpointMessage>");
    }

    private static string Attributes(Random random, string name)
    {
        var spelled = random.Next(8) == 0 ? name.Replace("-", "&#45;", StringComparison.Ordinal) : name;
        Assert.That(WebUtility.HtmlDecode(spelled), Is.EqualTo(name));
        var attributes = new List<string> { Attribute(random, "name", spelled) };
        if (random.Next(2) == 0)
            attributes.Insert(random.Next(2), Attribute(random, "index", "1"));
        if (random.Next(3) == 0)
            attributes.Insert(random.Next(attributes.Count + 1), Attribute(random, "status", "read only"));
        return string.Concat(attributes);
    }

    private static string Attribute(Random random, string name, string value)
    {
        var quote = random.Next(2) == 0 ? '"' : '\'';
        return $" {Pick(random, Spaces)}{name}{Pick(random, Spaces)}={Pick(random, Spaces)}{quote}{value}{quote}";
    }

    private static string Damage(Random random, string body)
    {
        var places = new List<int>();
        for (var place = 0; place < body.Length; place++)
        {
            if (body[place] is '"' or '\'' or '/')
                places.Add(place);
        }

        var at = places[random.Next(places.Count)];
        return random.Next(4) switch
        {
            0 => body.Remove(at, 1),
            1 => body.Insert(at, body[at].ToString()),
            2 => body.Remove(at, 1).Insert(at, body[at] == '"' ? "'" : "\""),
            _ => body.Replace("</Item", Pick(random, ["<Item", "</Itm", "", "</ Item"]), StringComparison.Ordinal),
        };
    }

    private static byte[] Bytes(Encoding encoding, string text) => [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];

    private static void AssertNoLeak(Encoding encoding, byte[] body, string message)
    {
        var masked = TranscriptMask.Mask(body);
        // Half a secret is one too: what is left of it at the end of a cut message.
        Assert.That(encoding.GetString(masked), Does.Not.Contain(Secret[..5]), message);
    }

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];
}
