using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Transcripts;

namespace OpenStage.Server.Tests.Transcripts;

/// <summary>The file of <c>--transcripts</c>.</summary>
public sealed class TranscriptFileTests
{
    private TemporaryFolder folder = null!;

    private string TranscriptPath => Path.Combine(folder.Path, "exchanges.jsonl");

    [SetUp]
    public void Prepare() => folder = new TemporaryFolder();

    [TearDown]
    public void End() => folder.Dispose();

    [Test]
    public async Task Every_exchange_of_a_server_is_a_line_of_json_without_secrets()
    {
        await using var lab = await RunningServer.StartAsync(options => options with { TranscriptFolder = folder.Path });
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.RegisterAsync("""<Item name="user-pwd">hunter2</Item><Item name="dhcp">true</Item>""");
        var lines = Lines();
        Assert.That(lines.Select(line => line["sequence"]!.GetValue<int>()), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(lines[1]["requestBody"]!.GetValue<string>(), Does.Contain("""<Item name="user-pwd">***</Item><Item name="dhcp">true</Item>"""));
        Assert.That(File.ReadAllText(TranscriptPath), Does.Not.Contain("hunter2").And.Not.Contain(phone.Cookie!.Split('=')[1]));
    }

    [Test]
    public void Lines_are_added_to_those_of_an_earlier_run()
    {
        new TranscriptFile(folder.Path).Add(Exchange(1));
        new TranscriptFile(folder.Path).Add(Exchange(2));
        Assert.That(Lines().Select(line => line["sequence"]!.GetValue<int>()), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void Half_a_line_of_a_killed_run_spoils_no_line_of_the_next()
    {
        new TranscriptFile(folder.Path).Add(Exchange(1));
        File.AppendAllText(TranscriptPath, """{"sequence":2,"kind":"Mess""");
        var next = new TranscriptFile(folder.Path);
        next.Add(Exchange(3));
        next.Add(Exchange(4));
        var lines = File.ReadAllLines(TranscriptPath);
        Assert.That(lines, Has.Length.EqualTo(4));
        Assert.That(lines[1], Is.EqualTo("""{"sequence":2,"kind":"Mess"""));
        Assert.That(new[] { lines[0], lines[2], lines[3] }.Select(line => JsonNode.Parse(line)!["sequence"]!.GetValue<int>()), Is.EqualTo(new[] { 1, 3, 4 }));
    }

    [Test]
    public void A_file_that_is_moved_away_is_begun_anew()
    {
        var file = new TranscriptFile(folder.Path);
        file.Add(Exchange(1));
        File.Move(TranscriptPath, TranscriptPath + ".1");
        file.Add(Exchange(2));
        Assert.That(Lines().Single()["sequence"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That(JsonNode.Parse(File.ReadAllText(TranscriptPath + ".1"))!["sequence"]!.GetValue<int>(), Is.EqualTo(1));
    }

    [Test]
    public void A_file_that_is_emptied_is_filled_from_its_start()
    {
        var file = new TranscriptFile(folder.Path);
        file.Add(Exchange(1));
        File.WriteAllBytes(TranscriptPath, []);
        file.Add(Exchange(2));
        Assert.That(Lines().Single()["sequence"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That(File.ReadAllBytes(TranscriptPath)[0], Is.EqualTo((byte)'{'));
    }

    [Test]
    public void Exchanges_of_many_phones_at_once_do_not_mix()
    {
        var file = new TranscriptFile(folder.Path);
        Parallel.For(1, 101, number => file.Add(Exchange(number)));
        Assert.That(Lines().Select(line => line["sequence"]!.GetValue<int>()), Is.EquivalentTo(Enumerable.Range(1, 100)));
    }

    [Test]
    public void A_folder_that_cannot_be_written_is_refused_at_the_start_and_ignored_later()
    {
        var below = Path.Combine(folder.Path, "below");
        var file = new TranscriptFile(below);
        Directory.Delete(below, recursive: true);
        File.WriteAllText(below, "a file stands where the folder was");
        Assert.That(() => file.Add(Exchange(1)), Throws.Nothing);
        Assert.That(() => new TranscriptFile(below), Throws.ArgumentException.With.Message.StartsWith($"TranscriptFolder '{below}': allowed is"));
    }

    [TestCase("Authorization", "Basic dXNlcjpodW50ZXIy", "Basic ***")]
    [TestCase("authorization", "bearer hunter2", "Bearer ***")]
    [TestCase("Authorization", "hunter2 hunter2", "***")]
    [TestCase("Authorization", "Basically", "***")]
    [TestCase("Authorization", "Basic ", "Basic")]
    [TestCase("Authorization", "", "")]
    [TestCase("Proxy-Authorization", "Digest username=\"a\", response=\"hunter2\"", "Digest ***")]
    [TestCase("PROXY-AUTHORIZATION", "hunter2", "***")]
    [TestCase("Cookie", "JSESSIONID=0123456789ABCDEF0123456789ABCDEF", "JSESSIONID=0123…")]
    [TestCase("Set-Cookie", "JSESSIONID=0123456789ABCDEF0123456789ABCDEF; Path=/DeploymentService; Secure", "JSESSIONID=0123…; Path=/DeploymentService; Secure")]
    [TestCase("Content-Type", "text/xml", "text/xml")]
    public void Credentials_and_cookies_in_headers_are_masked_both_ways(string name, string value, string shown)
    {
        var entry = TranscriptEntry.Of(Exchange(1) with { RequestHeaders = [new HttpHeader(name, value)], ResponseHeaders = [new HttpHeader(name, value)] });
        Assert.That(entry.RequestHeaders, Is.EqualTo(new[] { new HttpHeader(name, shown) }));
        Assert.That(entry.ResponseHeaders, Is.EqualTo(entry.RequestHeaders));
    }

    private static HttpExchange Exchange(long sequence) => new()
    {
        Sequence = sequence,
        Kind = ExchangeKind.Message,
        Offset = TimeSpan.Zero,
        Method = "POST",
        Target = "/",
        RequestBody = Encoding.UTF8.GetBytes(new string('x', 5000)),
    };

    private List<JsonNode> Lines() => [.. File.ReadAllLines(TranscriptPath).Select(line => JsonNode.Parse(line)!)];
}
