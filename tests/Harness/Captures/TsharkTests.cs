using System.Globalization;
using System.Text;
using NUnit.Framework;
using OpenStage.Harness.Captures;

namespace OpenStage.Harness.Tests.Captures;

/// <summary>Captures as Wireshark reads them, with no keys but those in the file.</summary>
[TestFixture]
public sealed class TsharkTests
{
    private string folder = "";
    private string file = "";

    [SetUp]
    public void Make()
    {
        folder = Directory.CreateTempSubdirectory("openstage-capture-").FullName;
        file = Path.Combine(folder, "case.pcapng");
        File.WriteAllBytes(file, CaptureFile.Write(SampleExchanges.All, SampleExchanges.Start, 7));
    }

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task Every_request_and_every_answer_is_there_decrypted_with_its_whole_body()
    {
        var lines = Lines(await Tshark.ReadAsync(file, "-Y", "http", "-T", "fields", "-e", "http.request.method", "-e", "http.response.code", "-e", "http.file_data"));

        Assert.That(lines.Count(line => line[0] == "POST"), Is.EqualTo(5));
        Assert.That(lines.Where(line => line[1].Length > 0).Select(line => line[1]), Is.EqualTo(new[] { "204", "200", "200", "200" }));
        string[] bodies = [.. SampleExchanges.All.SelectMany(exchange => new[] { exchange.RequestBody, exchange.ResponseBody }).Where(body => body.Length > 0)];
        Assert.That(lines.Where(line => line[2].Length > 0).Select(line => Text(line[2])).Order(StringComparer.Ordinal), Is.EqualTo(bodies.Select(body => Ascii(Encoding.UTF8.GetBytes(body))).Order(StringComparer.Ordinal)));
    }

    [Test]
    public async Task Nothing_is_malformed_retransmitted_or_out_of_order_and_all_checksums_are_right()
    {
        Assert.That(await Tshark.ReadAsync(file, "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE",
            "-Y", "_ws.malformed or _ws.unreassembled or tcp.analysis.flags or tcp.checksum.status == \"Bad\" or ip.checksum.status == \"Bad\" or _ws.expert.severity == \"Error\""), Is.Empty);
    }

    [Test]
    public async Task The_handshakes_are_whole_and_messages_of_one_connection_share_one()
    {
        var types = Lines(await Tshark.ReadAsync(file, "-Y", "tls.handshake", "-T", "fields", "-e", "tls.handshake.type", "-e", "tls.handshake.ciphersuite"));
        var numbers = types.SelectMany(line => line[0].Split(',')).ToList();
        // ClientHello, ServerHello, Certificate, ServerHelloDone, ClientKeyExchange, and Finished of both sides.
        foreach (var (type, count) in new[] { ("1", 3), ("2", 3), ("11", 3), ("14", 3), ("16", 3), ("20", 6) })
            Assert.That(numbers.Count(number => number == type), Is.EqualTo(count), $"handshake type {type}");
        Assert.That(types.Where(line => line[1].Length > 0).Select(line => line[1]), Has.All.EqualTo("0x009c"));
        Assert.That(Lines(await Tshark.ReadAsync(file, "-Y", "tls.alert_message", "-T", "fields", "-e", "tls.alert_message.desc")).Select(line => line[0]), Is.EqualTo(new[] { "0", "0", "0", "0" }));
    }

    [Test]
    public async Task Contact_me_is_http_without_any_setting() =>
        Assert.That(await Tshark.ReadAsync(file, "-Y", "http.request.method == \"POST\" and tcp.dstport == 8085 and not tls", "-T", "fields", "-e", "http.request.uri"), Does.StartWith("/contact_dls.html/ContactDLS?a=b"));

    [Test]
    public async Task Times_and_addresses_are_those_of_the_exchanges()
    {
        var lines = Lines(await Tshark.ReadAsync(file, "-Y", "http", "-T", "fields", "-e", "frame.time_epoch", "-e", "ip.src", "-e", "tcp.srcport", "-e", "ipv6.src"));
        var times = lines.Select(line => double.Parse(line[0], CultureInfo.InvariantCulture) - SampleExchanges.Start.ToUnixTimeSeconds()).ToList();

        Assert.That(times, Is.EqualTo(new[] { 1.0, 1.0015, 2.0, 2.0015, 2.5, 2.6, 2.6015, 3.2, 4.0 }).Within(0.0002));
        Assert.That(lines[2][1..3], Is.EqualTo(new[] { "127.20.0.1", "40001" }));
        Assert.That(lines[^1][3], Is.EqualTo("::1"));
    }

    private static IReadOnlyList<string[]> Lines(string output) =>
        [.. output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];

    /// <summary>Older versions write the text with a mark for each byte that is not ASCII, newer ones all bytes in hex.</summary>
    private static string Text(string data) => data.All(char.IsAsciiHexDigit) ? Ascii(Convert.FromHexString(data)) : data;

    private static string Ascii(byte[] bytes) => string.Concat(bytes.Select(one => one < 0x80 ? (char)one : '\uFFFD'));
}
