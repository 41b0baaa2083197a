using System.Globalization;
using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Admin;

/// <summary>Pages of others in the administrator's browser get nothing from the administration and change nothing.</summary>
public sealed class BrowserGuardTests
{
    private RunningServer lab = null!;

    [OneTimeSetUp]
    public async Task Start() => lab = await RunningServer.StartAsync();

    [OneTimeTearDown]
    public async Task End() => await lab.DisposeAsync();

    [TestCase("localhost")]
    [TestCase("LOCALHOST")]
    [TestCase("127.0.0.1")]
    [TestCase("127.0.0.2")]
    [TestCase("[::1]")]
    public async Task The_machine_itself_is_let_through_by_each_of_its_names(string host)
    {
        Assert.That(RawHttp.Status(await AskAsync($"{host}:{Port}")), Is.EqualTo(200));
        Assert.That(RawHttp.Status(await AskAsync($"{host}:{Port}", $"http://{host}:{Port}")), Is.EqualTo(200));
    }

    [TestCase("evil.example")]
    [TestCase("localhost.evil.example")]
    [TestCase("127.0.0.1.evil.example")]
    [TestCase("localhost.")]
    [TestCase("192.0.2.7")]
    [TestCase("[2001:db8::1]")]
    public async Task A_name_that_was_bound_to_this_machine_is_refused(string host)
    {
        var answer = await AskAsync($"{host}:{Port}", $"http://{host}:{Port}");
        Assert.That(RawHttp.Status(answer), Is.EqualTo(421));
        Assert.That(RawHttp.Json(answer)["errors"]![0]!["detail"]!["field"]!.GetValue<string>(), Is.EqualTo("Host"));
        Assert.That(RawHttp.Json(answer)["errors"]![0]!["detail"]!["value"]!.GetValue<string>(), Is.EqualTo($"{host}:{Port}"));
        Assert.That(RawHttp.Json(answer)["errors"]![0]!["detail"]!["allowed"]!.GetValue<string>(), Does.Contain("localhost"));
    }

    [TestCase("http://evil.example")]
    [TestCase("null")]
    [TestCase("https://127.0.0.1")]
    [TestCase("http://127.0.0.1:1")]
    [TestCase("http://127.0.0.1.evil.example")]
    public async Task A_page_of_another_origin_is_refused(string origin)
    {
        var answer = await AskAsync($"127.0.0.1:{Port}", origin);
        Assert.That(RawHttp.Status(answer), Is.EqualTo(403));
        Assert.That(RawHttp.Json(answer)["errors"]![0]!["detail"]!["field"]!.GetValue<string>(), Is.EqualTo("Origin"));
        Assert.That(RawHttp.Json(answer)["errors"]![0]!["detail"]!["value"]!.GetValue<string>(), Is.EqualTo(origin));
        Assert.That(answer, Does.Not.Contain("Access-Control-Allow"));
    }

    [Test]
    public async Task A_page_of_another_origin_cannot_create_or_cancel_a_job()
    {
        const string body = """{"kind":"Contact","mac":"001AE8000001"}""";
        var head = $"Host: localhost:{Port}\r\n{RawHttp.Authorization(lab.Server.AdminUrl)}Origin: http://evil.example\r\nConnection: close\r\nContent-Type: application/json\r\n";
        var created = await RawHttp.SendAsync(lab.Server.AdminUrl,
            $"POST /api/jobs HTTP/1.1\r\n{head}Content-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body}");
        Assert.That(RawHttp.Status(created), Is.EqualTo(403));
        Assert.That(RawHttp.Status(await RawHttp.SendAsync(lab.Server.AdminUrl, $"DELETE /api/jobs/1 HTTP/1.1\r\n{head}\r\n")), Is.EqualTo(403));
        Assert.That(lab.Server.Jobs.List(), Is.Empty);
    }

    [Test]
    public async Task Listening_on_the_loopback_of_IPv6_it_is_reached_by_that_address()
    {
        if (!Socket.OSSupportsIPv6)
            Assert.Ignore("This machine has no IPv6.");
        await using var six = await RunningServer.StartAsync(options => options with { AdminAddress = IPAddress.IPv6Loopback });
        Assert.That(six.Server.AdminUrl.Host, Is.EqualTo("[::1]"));
        Assert.That(await six.Api.GetStringAsync(new Uri("/api/devices", UriKind.Relative)), Is.EqualTo("[]"));
    }

    private string Port => lab.Server.AdminUrl.Port.ToString(CultureInfo.InvariantCulture);

    private Task<string> AskAsync(string host, string? origin = null) => RawHttp.SendAsync(lab.Server.AdminUrl,
        $"GET /api/devices HTTP/1.1\r\nHost: {host}\r\n{RawHttp.Authorization(lab.Server.AdminUrl)}Connection: close\r\n{(origin is null ? "" : $"Origin: {origin}\r\n")}\r\n");
}
