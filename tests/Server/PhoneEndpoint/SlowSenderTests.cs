using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Tests.PhoneEndpoint;

/// <summary>Senders that are slow or many do not keep others waiting. These tests take real seconds: the limits are the web server's.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SlowSenderTests
{
    private static readonly TimeSpan Drop = TimeSpan.FromMilliseconds(200);

    [TestCase("POST /DeploymentService/LoginService HTTP/1.1\r\nHost: x\r\nX-Slow: ")]
    [TestCase("POST /DeploymentService/LoginService HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n<WorkpointMessage>")]
    [TestCase("POST /DeploymentService/LoginService HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3E8\r\n<WorkpointMessage>")]
    public async Task A_phone_that_sends_drop_by_drop_is_cut_off_and_others_are_served_meanwhile(string beginning)
    {
        await using var lab = await StartAsync();
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        var begun = Stopwatch.GetTimestamp();
        await using var slow = await ConnectAsync(lab);
        await slow.WriteAsync(Encoding.ASCII.GetBytes(beginning));
        using var over = new CancellationTokenSource();
        var dripping = DripAsync(slow, over.Token);
        var end = ReadToEndAsync(slow);

        Assert.That((await phone.StartUpAsync(true)).Action, Is.EqualTo(ServerAction.ReadAllItems));
        Assert.That(end.IsCompleted, Is.False, "the slow one was still at it");
        var answer = await end;
        await over.CancelAsync();
        await dripping;
        Assert.That(answer, Is.Empty.Or.StartWith("HTTP/1.1 408 "));
        Assert.That(Stopwatch.GetElapsedTime(begun), Is.LessThan(TimeSpan.FromSeconds(10)), "two seconds and the web server's own second or two");
        Assert.That((await phone.ReplyAsync("ReadAllItems")).Action, Is.EqualTo(ServerAction.CleanUp));
    }

    [Test]
    public async Task A_connection_beyond_the_limit_is_closed_at_once_and_there_is_room_when_another_closes()
    {
        await using var lab = await StartAsync(options => options with { MaxConnections = 2 });
        await using var first = await ConnectAsync(lab);
        var second = await ConnectAsync(lab);
        Assert.That(await IsRefusedAsync(lab), Is.True);

        await second.DisposeAsync();
        // The server learns of the closing on its own time.
        var patience = RunningServer.Patience();
        while (await IsRefusedAsync(lab))
            patience.ThrowIfCancellationRequested();
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        Assert.That((await Retry(phone, patience)).Action, Is.EqualTo(ServerAction.ReadAllItems));
    }

    private static Task<RunningServer> StartAsync(Func<ServerOptions, ServerOptions>? change = null) => RunningServer.StartAsync(options =>
        (change ?? (same => same))(options with { HeadTimeout = TimeSpan.FromSeconds(2), BodyGrace = TimeSpan.FromSeconds(2), MinBodyRate = 100 }));

    /// <summary>The connection that has just shown that there is room may still be counted.</summary>
    private static async Task<DlsMessage> Retry(TestPhone phone, CancellationToken patience)
    {
        while (true)
        {
            try
            {
                return await phone.StartUpAsync(true);
            }
            catch (HttpRequestException) when (!patience.IsCancellationRequested)
            {
                // Next attempt.
            }
        }
    }

    private static async Task<bool> IsRefusedAsync(RunningServer lab)
    {
        try
        {
            await using var connection = await ConnectAsync(lab);
            return false;
        }
        catch (Exception closed) when (closed is IOException or SocketException)
        {
            return true;
        }
    }

    private static async Task DripAsync(Stream stream, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Drop, TimeProvider.System, cancellation);
                await stream.WriteAsync("x"u8.ToArray(), cancellation);
            }
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut off.
        }
    }

    private static async Task<string> ReadToEndAsync(Stream stream)
    {
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, RunningServer.Patience());
        }
        catch (IOException)
        {
            // A reset is an end as well.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    private static async Task<SslStream> ConnectAsync(RunningServer lab)
    {
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, lab.Server.PhoneUrl.Port, RunningServer.Patience());
#pragma warning disable CA5359 // Phones accept any certificate (WPI guide p.12).
            var tls = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
#pragma warning restore CA5359
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, RunningServer.Patience());
            return tls;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
