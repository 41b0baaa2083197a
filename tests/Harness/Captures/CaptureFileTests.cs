using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using OpenStage.Harness.Captures;

namespace OpenStage.Harness.Tests.Captures;

/// <summary>The structure of a capture, read without Wireshark and without the writer's code.</summary>
[TestFixture]
public sealed class CaptureFileTests
{
    private static readonly byte[] Capture = CaptureFile.Write(SampleExchanges.All, SampleExchanges.Start, 7);

    [Test]
    public void The_file_begins_with_section_interface_and_keys_and_then_has_packets_only()
    {
        var types = new CaptureReader(Capture).Types;
        Assert.That(types.Take(3), Is.EqualTo(new uint[] { 0x0A0D0D0A, 1, 10 }));
        Assert.That(types.Skip(3), Has.All.EqualTo(6u));
    }

    [Test]
    public void It_says_that_it_was_rebuilt_and_from_what() =>
        Assert.That(new CaptureReader(Capture).Section, Does.Contain("Rebuilt from the masked HTTP exchanges").And.Contain("Secrets are replaced by ***"));

    [Test]
    public void The_time_of_a_packet_is_always_later_than_that_of_the_one_before() =>
        Assert.That(new CaptureReader(Capture).Times, Is.Ordered.And.Unique);

    [Test]
    public void No_packet_is_larger_than_a_network_takes() =>
        Assert.That(new CaptureReader(Capture).Packets.Max(packet => packet.Length), Is.LessThanOrEqualTo(1500));

    [Test]
    public void The_keys_in_the_file_open_what_the_phone_sent()
    {
        var reader = new CaptureReader(Capture);
        var line = reader.KeyLog.Split('\n')[0].Split(' ');
        var sent = reader.Streams["7F140001:40001 7F000001:18443"].ToArray();
        var answered = reader.Streams["7F000001:18443 7F140001:40001"].ToArray();

        Assert.That(line[0], Is.EqualTo("CLIENT_RANDOM"));
        Assert.That(Convert.ToHexStringLower(sent[11..43]), Is.EqualTo(line[1]));
        var opened = Open(sent, Convert.FromHexString(line[2]), clientRandom: sent[11..43], serverRandom: answered[11..43]);
        Assert.That(opened, Does.Contain(SampleExchanges.Long).And.Contain("\r\nCookie: JSESSIONID=F2F7...\r\n").And.Contain("<WorkpointMessage>2</WorkpointMessage>"));
        Assert.That(opened, Does.Contain($"\r\nContent-Length: {Encoding.UTF8.GetByteCount(SampleExchanges.Long)}\r\n").And.Not.Contain("Content-Length: 7\r\n"));
    }

    [Test]
    public void Contact_me_is_plain() =>
        Assert.That(Encoding.UTF8.GetString(Capture), Does.Contain("POST /contact_dls.html/ContactDLS?a=b HTTP/1.1").And.Not.Contain("<WorkpointMessage>"));

    [Test]
    public void Where_the_lab_s_clock_stands_still_each_answer_comes_before_the_next_request()
    {
        var still = SampleExchanges.All.Skip(1).Take(3).Select(exchange => exchange with { OffsetMilliseconds = 5, DurationMilliseconds = 9, TlsVersion = "" }).ToList();
        var packets = new CaptureReader(CaptureFile.Write(still, SampleExchanges.Start, 7)).Packets.Select(packet => Encoding.UTF8.GetString(packet));
        var first = packets.Where(packet => packet.Contains("HTTP/1.1", StringComparison.Ordinal)).Select(packet => packet.Contains("POST ", StringComparison.Ordinal) ? "request" : "answer");
        Assert.That(first, Is.EqualTo(new[] { "request", "answer", "request", "answer", "request", "answer" }));
    }

    [Test]
    public void The_same_seed_gives_the_same_file_and_another_one_another()
    {
        Assert.That(CaptureFile.Write(SampleExchanges.All, SampleExchanges.Start, 7), Is.EqualTo(Capture));
        Assert.That(CaptureFile.Write(SampleExchanges.All, SampleExchanges.Start, 8), Is.Not.EqualTo(Capture));
    }

    [Test]
    public void Without_exchanges_it_is_an_empty_capture() =>
        Assert.That(new CaptureReader(CaptureFile.Write([], SampleExchanges.Start, 7)).Types, Is.EqualTo(new uint[] { 0x0A0D0D0A, 1 }));

    /// <summary>The application data that a client sent (RFC 5246, RFC 5288).</summary>
    private static string Open(byte[] sent, byte[] master, byte[] clientRandom, byte[] serverRandom)
    {
        byte[] seed = [.. "key expansion"u8, .. serverRandom, .. clientRandom];
        var first = HMACSHA256.HashData(master, seed);
        var second = HMACSHA256.HashData(master, first);
        byte[] one = [.. first, .. seed];
        byte[] two = [.. second, .. seed];
        byte[] keys = [.. HMACSHA256.HashData(master, one), .. HMACSHA256.HashData(master, two)];
        using var gcm = new AesGcm(keys[..16], 16);
        var plain = new MemoryStream();
        for (var place = 0; place < sent.Length;)
        {
            var length = (sent[place + 3] << 8) | sent[place + 4];
            var record = sent[(place + 5)..(place + 5 + length)];
            if (sent[place] == 23)
            {
                var content = new byte[length - 24];
                byte[] nonce = [.. keys[32..36], .. record[..8]];
                byte[] also = [.. record[..8], 23, 3, 3, (byte)(content.Length >> 8), (byte)content.Length];
                gcm.Decrypt(nonce, record[8..^16], record[^16..], content, also);
                plain.Write(content);
            }

            place += 5 + length;
        }

        return Encoding.UTF8.GetString(plain.ToArray());
    }
}
