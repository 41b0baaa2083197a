using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Downloads;
using OpenStage.Simulator.Machine.Deployment;
using OpenStage.Simulator.Tests.Wire;

namespace OpenStage.Simulator.Tests.Downloads;

[TestFixture]
public sealed class FileDownloadTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(number => (byte)number)];

    [TestCase("/logos/", "site logo.bmp")]
    [TestCase("logos", "site logo.bmp")]
    [TestCase("", "plain.bmp")]
    public async Task A_real_FTP_server_delivers_a_file(string path, string name)
    {
        using var server = await FtpServer.StartAsync(new Dictionary<string, byte[]> { ["logos/site logo.bmp"] = Content, ["plain.bmp"] = Content });
        var result = await LoadAsync(Ftp(server.Port, path, name));
        Assert.That((result.Error, result.Bytes), Is.EqualTo(("", (long)Content.Length)));
        Assert.That(result.Start.ToArray(), Is.EqualTo(Content[..256]));
    }

    [Test]
    public async Task A_real_FTP_server_without_the_file_is_named_with_its_reply()
    {
        using var server = await FtpServer.StartAsync(new Dictionary<string, byte[]>());
        var result = await LoadAsync(Ftp(server.Port, "", "none.bmp"));
        Assert.That(result.Error, Does.Contain("RETR").And.Contain("550"));
    }

    [Test]
    public async Task A_real_FTP_server_refuses_a_user_it_does_not_know()
    {
        using var server = await FtpServer.StartAsync(new Dictionary<string, byte[]> { ["plain.bmp"] = Content });
        var result = await LoadAsync(Ftp(server.Port, "", "plain.bmp", "phone"));
        Assert.That(result.Error, Does.Contain("530"));
    }

    [Test]
    public async Task A_real_FTP_server_that_dies_in_the_middle_fails_the_download()
    {
        using var server = await FtpServer.StartAsync(new Dictionary<string, byte[]> { ["big.bmp"] = Content }, bytesASecond: 1000);
        var loading = LoadAsync(Ftp(server.Port, "", "big.bmp"));
        await server.KillWhenConnectedAsync();
        Assert.That((await loading).Error, Is.Not.Empty);
    }

    [Test]
    public async Task The_FTP_commands_are_those_of_RFC_959_with_user_and_password_as_given()
    {
        using var server = new ScriptedFtp(Content);
        var result = await LoadAsync(Ftp(server.Port, "/a/b", "c d.bmp", "phone"));
        Assert.That(result, Is.EqualTo(new DownloadResult(Content.Length, result.Start, "")));
        Assert.That(server.Commands, Is.EqualTo(new[] { "USER phone", "PASS secret", "TYPE I", "EPSV", "RETR a/b/c d.bmp", "QUIT" }));
    }

    [Test]
    public async Task A_server_without_extended_passive_mode_is_asked_for_the_old_one()
    {
        // An address in the reply is not followed: a server must not send the phone to another machine.
        using var server = new ScriptedFtp(Content, ("EPSV", "500 unknown"), ("PASV", "227 Entering (10,9,8,7,{high},{low})"));
        Assert.That(await LoadAsync(Ftp(server.Port, "", "x.bmp")), Has.Property("Bytes").EqualTo(Content.Length));
    }

    [TestCase("greeting", "421 full")]
    [TestCase("PASS", "530 no")]
    [TestCase("RETR", "550 none")]
    [TestCase("done", "426 broken off")]
    [TestCase("EPSV", "229 (|||99999|)")]
    public async Task Every_refusal_fails_the_download_with_the_reply(string command, string reply)
    {
        using var server = new ScriptedFtp(Content, (command, reply));
        Assert.That((await LoadAsync(Ftp(server.Port, "", "x.bmp"))).Error, Is.Not.Empty);
    }

    [Test]
    public async Task Https_delivers_a_file_and_its_faults_are_named()
    {
        using var certificate = TestCertificates.SelfSigned("CN=files");
        await using var app = await FilesAsync(certificate);
        var address = new Uri(app.Urls.First());

        var whole = await LoadAsync(Https(address, "/fw/OS40_SIP_V3_R5_12_0.img"));
        Assert.That((whole.Error, whole.Bytes, Encoding.ASCII.GetString(whole.Start.Span[..18])), Is.EqualTo(("", 1018L, "OpenStage firmware")));
        Assert.That((await LoadAsync(Https(address, "/none"))).Error, Is.EqualTo("HTTP status 404"));
        Assert.That((await LoadAsync(Https(address, "/moved"))).Error, Is.EqualTo("HTTP status 302"));
        Assert.That((await LoadAsync(Https(address, "/broken"))).Error, Is.Not.Empty);
        Assert.That((await LoadAsync(Https(new Uri("https://127.0.0.1:1"), "/x"))).Error, Is.Not.Empty);
    }

    [TestCase("10.0.0.1", "0", "x.bmp")]
    [TestCase("10.0.0.1", "ftp", "x.bmp")]
    [TestCase("a b", "21", "x.bmp")]
    [TestCase("10.0.0.1", "21", "")]
    [TestCase("", "21", "x.bmp")]
    public void Items_that_name_no_place_have_no_source(string server, string port, string name) => Assert.That(
        FileRequest.Read([new Item("file-server", server), new Item("file-port", port), new Item("file-name", name), new Item("file-type", "LOGO")])[0].Source, Is.Null);

    [TestCase("http://127.0.0.1/x.img")]
    [TestCase("file:///etc/passwd")]
    [TestCase("nonsense")]
    public void Only_https_addresses_are_followed(string address) =>
        Assert.That(FileRequest.Read([new Item("file-https-base-url", address)])[0].Source, Is.Null);

    private static Task<DownloadResult> LoadAsync(FileRequest file) => FileDownload.LoadAsync(file, CancellationToken.None);

    private static FileRequest Https(Uri address, string path) => FileRequest.Read([new Item("file-https-base-url", new Uri(address, path).ToString())])[0];

    private static FileRequest Ftp(int port, string path, string name, string user = "") => FileRequest.Read(
    [
        new Item("file-server", "127.0.0.1"), new Item("file-port", $"{port}"), new Item("file-path", path), new Item("file-name", name),
        new Item("file-username", user), new Item("file-pwd", user.Length > 0 ? "secret" : ""), new Item("file-type", "LOGO"),
    ])[0];

    private static async Task<WebApplication> FilesAsync(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        app.MapGet("/fw/{name}", () => Results.Bytes(Encoding.ASCII.GetBytes("OpenStage firmware" + new string('x', 1000))));
        app.MapGet("/moved", () => Results.Redirect("/fw/x"));
        app.MapGet("/broken", async (HttpContext context) =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await app.StartAsync();
        return app;
    }
}
