using System.Globalization;
using NUnit.Framework;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Files;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Files;

/// <summary>What a phone that fetches a file gets (WPI guide p.52-57), over raw TLS.</summary>
public sealed class FileAreaTests
{
    private const int Size = (2 * FileLibrary.ChunkBytes) + 12_345;

    private readonly byte[] content = FileBytes.Of(Size);
    private FileLab lab = null!;
    private LibraryFile file = null!;
    private Job job = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        lab = await FileLab.StartAsync();
        file = await lab.AddAsync(content, "büro & logo.png");
        job = await lab.DeployAsync(file);
    }

    [OneTimeTearDown]
    public async Task End() => await lab.DisposeAsync();

    [Test]
    public async Task The_whole_file_comes_with_its_length_and_never_in_chunks()
    {
        var answer = await GetAsync(lab.PathOf(job));
        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Head, Does.Contain($"\r\nContent-Length: {Text(Size)}\r\n").And.Contain("\r\nAccept-Ranges: bytes\r\n")
            .And.Contain($"\r\nETag: \"{file.Sha256}\"\r\n").And.Contain("\r\nContent-Type: application/octet-stream\r\n")
            .And.Contain("\r\nDate: Mon, 05 Jan 2026 08:00:00 GMT\r\n"));
        Assert.That(answer.Head, Does.Not.Contain("Transfer-Encoding").And.Not.Contain("Set-Cookie"));
        Assert.That(answer.Body, Is.EqualTo(content));
    }

    [Test]
    public void An_address_ends_in_the_name_and_has_nothing_that_XML_must_escape()
    {
        var url = lab.Links.Url(FileLinks.BaseUrl(null, "10.1.2.9:18443"), job, 0);
        Assert.That(url, Does.Match("^https://10\\.1\\.2\\.9:18443/files/1/0/[A-Za-z0-9_-]{43}/b%C3%BCro%20%26%20logo\\.png$"));
    }

    [Test]
    public async Task A_question_for_the_head_is_answered_as_for_the_file_but_without_it()
    {
        var answer = await RawTls.SendAsync(lab.Server.PhoneUrl, "HEAD", lab.PathOf(job));
        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Head, Does.Contain($"\r\nContent-Length: {Text(Size)}\r\n"));
        Assert.That(answer.Body, Is.Empty);
    }

    [TestCase("bytes=0-0", 0, 0)]
    [TestCase("bytes=0-99", 0, 99)]
    [TestCase("bytes=1048570-1048580", 1048570, 1048580)]
    [TestCase("bytes=1048576-", 1048576, Size - 1)]
    [TestCase("bytes=100-99999999999", 100, Size - 1)]
    [TestCase("bytes=-5", Size - 5, Size - 1)]
    [TestCase("bytes=-99999999999", 0, Size - 1)]
    public async Task A_part_comes_as_a_part(string range, int first, int last)
    {
        var answer = await GetAsync(lab.PathOf(job), $"Range: {range}\r\n");
        Assert.That(answer.Status, Is.EqualTo(206));
        Assert.That(answer.Head, Does.Contain($"\r\nContent-Range: bytes {Text(first)}-{Text(last)}/{Text(Size)}\r\n")
            .And.Contain($"\r\nContent-Length: {Text(last - first + 1)}\r\n"));
        Assert.That(answer.Body, Is.EqualTo(content[first..(last + 1)]));
    }

    [TestCase("bytes=2109497-")]
    [TestCase("bytes=99999999999-99999999999")]
    [TestCase("bytes=-0")]
    public async Task A_part_that_is_not_there_is_refused_with_the_size(string range)
    {
        var answer = await GetAsync(lab.PathOf(job), $"Range: {range}\r\n");
        Assert.That(answer.Status, Is.EqualTo(416));
        Assert.That(answer.Head, Does.Contain($"\r\nContent-Range: bytes */{Text(Size)}\r\n").And.Contain("\r\nContent-Length: 0\r\n"));
        Assert.That(answer.Body, Is.Empty);
    }

    [TestCase("Range: bytes=0-1,5-6\r\n")]
    [TestCase("Range: pages=1-2\r\n")]
    [TestCase("Range: bytes=5-2\r\n")]
    [TestCase("Range: nonsense\r\n")]
    [TestCase("Range: bytes=0-99\r\nIf-Range: \"another content\"\r\n")]
    public async Task What_is_no_single_part_of_this_content_gets_the_whole(string headers)
    {
        var answer = await GetAsync(lab.PathOf(job), headers);
        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Body, Is.EqualTo(content));
    }

    [Test]
    public async Task A_phone_goes_on_with_the_content_that_it_began()
    {
        var answer = await GetAsync(lab.PathOf(job), $"Range: bytes=10-19\r\nIf-Range: \"{file.Sha256}\"\r\n");
        Assert.That(answer.Status, Is.EqualTo(206));
        Assert.That(answer.Body, Is.EqualTo(content[10..20]));
    }

    [Test]
    public async Task Several_files_come_over_one_connection()
    {
        await using var tls = await RawTls.ConnectAsync(lab.Server.PhoneUrl);
        var path = lab.PathOf(job);
        await tls.WriteAsync(RawTls.Request("GET", path, "Range: bytes=0-9\r\n") + RawTls.Request("GET", path, "Range: bytes=10-19\r\nConnection: close\r\n"));
        using var all = new MemoryStream();
        await tls.Stream.CopyToAsync(all, RunningServer.Patience());
        var first = RawTls.Answer.Of(all.ToArray());
        Assert.That(first.Body[..10], Is.EqualTo(content[..10]));
        Assert.That(RawTls.Answer.Of(first.Body[10..]).Body, Is.EqualTo(content[10..20]));
    }

    [Test]
    public async Task Each_download_stands_in_the_history_of_the_job()
    {
        var own = await lab.DeployAsync(file);
        var whole = await lab.NotedAsync(own.Id, () => GetAsync(lab.PathOf(own)));
        Assert.That(whole.History[^1].Text, Is.EqualTo($"büro & logo.png: all {Text(Size)} bytes sent to 127.0.0.1"));
        var part = await lab.NotedAsync(own.Id, () => GetAsync(lab.PathOf(own), "Range: bytes=5-9\r\n"));
        Assert.That(part.History[^1].Text, Is.EqualTo($"büro & logo.png: bytes 5-9 of {Text(Size)} sent to 127.0.0.1"));
        await RawTls.SendAsync(lab.Server.PhoneUrl, "HEAD", lab.PathOf(own));
        Assert.That(lab.Server.Jobs.Get(own.Id)!.History.Count(line => line.Text.Contains("sent to", StringComparison.Ordinal)), Is.EqualTo(2), "a head is no download");
    }

    [Test]
    public async Task The_exchange_log_has_each_request_without_its_token()
    {
        await using var own = await FileLab.StartAsync();
        var small = await own.AddAsync(FileBytes.Of(100));
        var deploy = await own.DeployAsync(small);
        var path = own.PathOf(deploy);
        await own.NotedAsync(deploy.Id, () => RawTls.SendAsync(own.Server.PhoneUrl, "GET", path));
        await RawTls.SendAsync(own.Server.PhoneUrl, "GET", path.Replace("logo", "other", StringComparison.Ordinal));
        await RawTls.SendAsync(own.Server.PhoneUrl, "GET", $"/x/..{path}");
        await own.Server.DisposeAsync();

        var log = own.Running.Exchanges.All;
        Assert.That(log.Select(exchange => exchange.Kind), Is.All.EqualTo(ExchangeKind.Download));
        Assert.That(log.Select(exchange => exchange.Status), Is.EqualTo(new[] { 200, 404, 404 }));
        Assert.That(log[0], Has.Property("Target").EqualTo("/files/1/0/***/logo.png").And.Property("Mac").EqualTo(PhoneTalk.Mac).And.Property("Error").Empty);
        Assert.That(log[0].ResponseBody.Length, Is.Zero, "contents of files are not kept");
        var token = path.Split('/')[4];
        Assert.That(log.Select(exchange => exchange.Target), Has.None.Contains(token));
        Assert.That(own.Server.Observations.All.Select(seen => seen.Observation.Actual), Has.None.Contains(token));
    }

    private Task<RawTls.Answer> GetAsync(string path, string headers = "") => RawTls.SendAsync(lab.Server.PhoneUrl, "GET", path, headers);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
