using System.Text;
using NUnit.Framework;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Deployment;
using OpenStage.Server.Files;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Files;

/// <summary>An address is good for one file of one open job; everything else is not there, and nothing says why.</summary>
public sealed class FileAreaRefusalTests
{
    private FileLab lab = null!;
    private LibraryFile logo = null!;
    private Job job = null!;
    private string path = "";

    [SetUp]
    public async Task Start()
    {
        lab = await FileLab.StartAsync();
        logo = await lab.AddAsync("the logo"u8.ToArray());
        job = await lab.DeployAsync(logo, await lab.AddAsync("the ring tone"u8.ToArray(), "ring.wav", "RINGTONE"));
        path = lab.PathOf(job);
        Assert.That((await GetAsync(path)).Status, Is.EqualTo(200), "the address itself is good");
    }

    [TearDown]
    public async Task End() => await lab.DisposeAsync();

    [Test]
    public async Task A_token_that_differs_in_any_character_is_refused()
    {
        var token = path.Split('/')[4];
        for (var index = 0; index < token.Length; index++)
        {
            var other = token.ToCharArray();
            other[index] = other[index] == 'A' ? 'B' : 'A';
            await RefusedAsync(path.Replace(token, new string(other), StringComparison.Ordinal));
        }
    }

    [Test]
    public async Task The_token_of_another_job_file_or_phone_is_refused()
    {
        var same = await lab.DeployAsync(logo);
        var token = path.Split('/')[4];
        foreach (var other in new[]
        {
            lab.PathOf(same), lab.PathOf(job, 1), lab.Links.Url("", job with { Mac = "00:1A:E8:00:00:02" }, 0),
            lab.Links.Url("", job with { Files = [job.Files[0] with { File = 2 }] }, 0),
        })
        {
            Assert.That(other.Split('/')[4], Is.Not.EqualTo(token));
            await RefusedAsync(path.Replace(token, other.Split('/')[4], StringComparison.Ordinal));
        }
    }

    [TestCase("/files/1/0/{token}/ring.wav")]
    [TestCase("/files/1/0/{token}/LOGO.png")]
    [TestCase("/files/1/0/{token}/logo.png/")]
    [TestCase("/files/1/0/{token}/")]
    [TestCase("/files/1/0/{token}")]
    [TestCase("/files/1/1/{token}/logo.png")]
    [TestCase("/files/1/2/{token}/logo.png")]
    [TestCase("/files/1/100/{token}/logo.png")]
    [TestCase("/files/1/00/{token}/logo.png")]
    [TestCase("/files/01/0/{token}/logo.png")]
    [TestCase("/files/+1/0/{token}/logo.png")]
    [TestCase("/files/-1/0/{token}/logo.png")]
    [TestCase("/files/2/0/{token}/logo.png")]
    [TestCase("/files/9999999999999999999/0/{token}/logo.png")]
    [TestCase("/files/1/0/{token}/logo.png?")]
    [TestCase("/files/1/0/{token}/logo.png?a=b")]
    [TestCase("/files/1/0/{token}x/logo.png")]
    [TestCase("/files/1/0//logo.png")]
    [TestCase("/FILES/1/0/{token}/logo.png")]
    [TestCase("//files/1/0/{token}/logo.png")]
    [TestCase("/files/1/0/{token}/../{token}/logo.png")]
    [TestCase("/files/../files/1/0/{token}/logo.png")]
    [TestCase("/x/../files/1/0/{token}/logo.png")]
    [TestCase("/files/1/0/{token}/./logo.png")]
    [TestCase("/files/1/0/{token}/%2e%2e/logo.png")]
    [TestCase("/files/1%2F0/{token}/logo.png")]
    [TestCase("/files/1/0/{token}%2Flogo.png")]
    [TestCase("/files%2F1/0/{token}/logo.png")]
    [TestCase("/files/1/0/{token}\\logo.png")]
    [TestCase("/files/../server.db")]
    [TestCase("/files/../../server.key")]
    [TestCase("/files/..%2f..%2fserver.key")]
    [TestCase("/files/%2e%2e/server.key")]
    [TestCase("/files/..\\server.key")]
    [TestCase("/files/%5c..%5cserver.key")]
    [TestCase("/files/1/0/{token}/..%2f..%2f..%2fserver.key")]
    [TestCase("/files/1/0/{token}/%00")]
    [TestCase("/files/")]
    [TestCase("/files")]
    [TestCase("https://localhost/files/1/0/{token}/logo.png")]
    public async Task Whatever_is_not_exactly_the_address_is_not_there(string target)
    {
        var answer = await GetAsync(target.Replace("{token}", path.Split('/')[4], StringComparison.Ordinal));
        Assert.That(answer.Status, Is.AnyOf(400, 404));
        Assert.That(Encoding.UTF8.GetString(answer.Body), Does.Not.Contain("the logo").And.Not.Contain("SQLite"));
    }

    [TestCase("POST")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    [TestCase("OPTIONS")]
    public async Task Only_GET_and_HEAD_find_something(string method) => await RefusedAsync(path, method);

    [Test]
    public async Task The_address_dies_with_the_job()
    {
        await lab.Server.Jobs.CancelAsync(job.Id);
        await RefusedAsync(path);
        Assert.That((await RawTls.SendAsync(lab.Server.PhoneUrl, "HEAD", path)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_file_that_is_to_be_deleted_on_the_phone_has_no_address()
    {
        var delete = await lab.Server.Jobs.CreateAsync(new JobRequest
        {
            Mac = PhoneTalk.Mac,
            Kind = JobKind.FileDeployment,
            Files = [new DeploymentFile { Action = FileAction.Delete, Name = "logo.png", Type = "LOGO" }],
        });
        Assert.That(() => lab.PathOf(delete), Throws.InvalidOperationException);
        await RefusedAsync($"/files/{delete.Id}/0/{path.Split('/')[4]}/logo.png");
    }

    [Test]
    public void A_transcript_does_not_show_the_token_of_an_address_that_a_phone_was_sent()
    {
        var message = $"""<DLSMessage><Message nonce="A"><ItemList><Item name="file-https-base-url">https://127.0.0.1:18443{path}</Item></ItemList></Message></DLSMessage>""";
        var masked = Encoding.UTF8.GetString(TranscriptMask.Mask(Encoding.UTF8.GetBytes(message)));
        Assert.That(masked, Is.EqualTo(message.Replace(path.Split('/')[4], "***", StringComparison.Ordinal)));
    }

    private Task<RawTls.Answer> GetAsync(string target) => RawTls.SendAsync(lab.Server.PhoneUrl, "GET", target);

    /// <summary>The same answer for each reason.</summary>
    private async Task RefusedAsync(string target, string method = "GET")
    {
        var answer = await RawTls.SendAsync(lab.Server.PhoneUrl, method, target, method is "POST" or "PUT" ? "Content-Length: 0\r\n" : "");
        Assert.That(answer.Head, Is.EqualTo(
            "HTTP/1.1 404 Not Found\r\nContent-Length: 14\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nDate: Mon, 05 Jan 2026 08:00:00 GMT\r\n"), target);
        Assert.That(Encoding.UTF8.GetString(answer.Body), Is.EqualTo("Nothing here.\n"));
    }
}
