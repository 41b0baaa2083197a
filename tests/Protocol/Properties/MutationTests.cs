using System.Diagnostics;
using NUnit.Framework;
using OpenStage.Fixtures;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Tests.Properties;

/// <summary>Golden messages with random damage are read or refused, never with an exception and never for long.</summary>
[TestFixture]
internal sealed class MutationTests
{
    private const int MutationsPerSeed = 2_000;

    private static readonly TimeSpan Plenty = TimeSpan.FromSeconds(2);

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "<", ">", "</", "/>", "&", "&amp;", "&#0;", "\"", "'", "<Item name=\"x\">", "</Item>", "<ItemList>", "</Message>",
            "<!DOCTYPE a>", "<![CDATA[", "]]>", "<!--", "-->", "<?xml version=\"1.0\"?>", "<?a", "?>", "\0", "\uFEFF", " xmlns:a=\"b\"", " a:b=\"c\"",
            "<Action>CleanUp</Action>", "<ReasonForContact>status</ReasonForContact>", " index=\"99999999999\"", " status=\"x\"", "<a><b><c>",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ];

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    public void A_damaged_message_is_read_or_refused(int seed)
    {
        byte[][] originals =
        [
            .. MessageFiles.In("golden").Select(file => MessageFiles.Read("golden", file)),
            .. MessageFiles.In("golden/tolerated").Select(file => MessageFiles.Read("golden/tolerated", file)),
        ];
        var random = new Random(seed);
        var read = 0;
        for (var number = 0; number < MutationsPerSeed; number++)
        {
            var body = Mutate(random, originals);
            var clock = Stopwatch.StartNew();
            var phone = WorkpointReader.Read(body);
            var service = DlsReader.Read(body, new ReaderOptions { Strict = number % 2 == 0 });
            Assert.That(clock.Elapsed, Is.LessThan(Plenty), $"mutation {number}");

            Check(phone, number);
            Check(service, number);
            read += phone.Ok || service.Ok ? 1 : 0;
            if (phone.Message is { } message)
                CheckWriting(message, number);
        }

        Assert.That(read, Is.InRange(MutationsPerSeed / 20, MutationsPerSeed), "some damage must be survivable");
    }

    private static void Check<T>(ReadResult<T> result, int number) where T : class
    {
        Assert.That(result.Ok, Is.EqualTo(result.Error is null), $"mutation {number}");
        if (result.Error is { } error)
        {
            Assert.That(error.Expected, Is.Not.Empty, $"mutation {number}");
            Assert.That(error.Actual, Is.Not.Empty.And.Length.LessThan(300), $"mutation {number}");
        }

        foreach (var observation in result.Observations)
        {
            Assert.That(observation.Actual, Is.Not.Empty.And.Length.LessThan(300), $"mutation {number}");
            Assert.That(XmlText.IsValid(observation.Actual), Is.True, $"mutation {number}");
        }
    }

    /// <summary>What was read, however odd, can be written, and reads as the same items.</summary>
    private static void CheckWriting(WorkpointMessage message, int number)
    {
        var again = WorkpointReader.Read(WorkpointWriter.Write(message));

        Assert.That(again.Error, Is.Null, $"mutation {number}");
        Assert.That(again.Message!.Items, Is.EqualTo(message.Items), $"mutation {number}");
    }

    private static byte[] Mutate(Random random, byte[][] originals)
    {
        var body = originals[random.Next(originals.Length)].ToList();
        for (var damage = random.Next(1, 3); damage > 0 && body.Count > 0; damage--)
        {
            var place = random.Next(body.Count);
            var length = Math.Min(random.Next(1, 40), body.Count - place);
            switch (random.Next(7))
            {
                case 0:
                    body[place] = (byte)random.Next(256);
                    break;
                case 1:
                    body[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    body.RemoveRange(place, length);
                    break;
                case 3:
                    body.InsertRange(place, body.GetRange(place, length));
                    break;
                case 4:
                    body.InsertRange(place, Tokens[random.Next(Tokens.Length)]);
                    break;
                case 5:
                    var other = originals[random.Next(originals.Length)];
                    body.InsertRange(place, other[..random.Next(other.Length)]);
                    break;
                default:
                    body.RemoveRange(place, body.Count - place);
                    break;
            }
        }

        return [.. body];
    }
}
