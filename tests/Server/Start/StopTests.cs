using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Start;

/// <summary>The command is told to end while a phone is in the middle of a message.</summary>
[Parallelizable(ParallelScope.All)]
[Platform(Exclude = "Win", Reason = "Windows has no such signals.")]
public sealed class StopTests
{
    [Test]
    public async Task SIGTERM_takes_no_more_phones_and_lets_a_message_under_way_have_its_answer()
    {
        using var folder = new TemporaryFolder();
        await using var server = Start(folder, "60");
        var url = new Uri(await server.LineAsync("Phones:"));
        var secure = new Uri(await server.LineAsync("Secure Mode:"));
        await server.LineAsync("Ctrl-C");
        using var phone = new HalfMessage();
        await phone.BeginAsync(url.Port);
        server.Signal(CommandProcess.Terminate);
        await RefusedAsync(url.Port);
        await RefusedAsync(secure.Port);
        Assert.That(await phone.EndAsync(), Does.StartWith("HTTP/1.1 200 OK").And.Contain("ReadAllItems"));
        var (exitCode, output, error) = await server.EndAsync();
        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.Contain("Stopped"));
        Assert.That(error, Is.Empty);
    }

    [Test]
    public async Task A_message_that_does_not_come_to_its_end_is_waited_for_no_longer_than_the_timeout()
    {
        using var folder = new TemporaryFolder();
        await using var server = Start(folder, "1");
        var url = new Uri(await server.LineAsync("Phones:"));
        await server.LineAsync("Ctrl-C");
        using var phone = new HalfMessage();
        await phone.BeginAsync(url.Port);
        server.Signal(CommandProcess.Terminate);
        var (exitCode, output, _) = await server.EndAsync();
        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.Contain("have 1 s to end"));
    }

    /// <summary>The first would wait five minutes, which the test does not have.</summary>
    [Test]
    public async Task A_second_signal_ends_at_once()
    {
        using var folder = new TemporaryFolder();
        await using var server = Start(folder, "300");
        var url = new Uri(await server.LineAsync("Phones:"));
        await server.LineAsync("Ctrl-C");
        using var phone = new HalfMessage();
        await phone.BeginAsync(url.Port);
        server.Signal(CommandProcess.Terminate);
        await RefusedAsync(url.Port);
        server.Signal(CommandProcess.Terminate);
        Assert.That((await server.EndAsync()).ExitCode, Is.Zero);
    }

    private static CommandProcess Start(TemporaryFolder folder, string stopTimeout)
    {
        File.WriteAllBytes(Path.Combine(folder.Path, "server.pfx"), RunningServer.Certificate.Value);
        return CommandProcess.Start(new Dictionary<string, string> { ["OPENSTAGE_STOP_TIMEOUT_SECONDS"] = stopTimeout },
            "--data", folder.Path, "--port", "0", "--secure-port", "0", "--admin-port", "0");
    }

    /// <summary>Waits until nobody listens on a port any more.</summary>
    private static async Task RefusedAsync(int port)
    {
        var patience = RunningServer.Patience();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, patience);
                // Whoever was accepted at the last moment is dropped, and at once when what comes is no TLS.
                await client.GetStream().WriteAsync("no TLS at all"u8.ToArray(), patience);
                await client.GetStream().ReadExactlyAsync(new byte[1], patience);
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
            {
                return;
            }
            catch (Exception dropped) when (dropped is IOException or SocketException { SocketErrorCode: SocketError.ConnectionReset })
            {
                // Accepted and dropped: not over yet.
            }
        }
    }

    /// <summary>A phone that sends the first half of a start-up and waits.</summary>
    private sealed class HalfMessage : IDisposable
    {
        private readonly TcpClient client = new();
        private readonly byte[] body;
        private SslStream? stream;

        public HalfMessage()
        {
            using var phone = new TestPhone(new Uri("https://127.0.0.1/"));
            body = Encoding.UTF8.GetBytes(phone.Initiating("start-up", true));
        }

        public async Task BeginAsync(int port)
        {
            await client.ConnectAsync(IPAddress.Loopback, port, RunningServer.Patience());
#pragma warning disable CA5359 // Phones accept any certificate (WPI guide p.12).
            stream = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
#pragma warning restore CA5359
            await stream.AuthenticateAsClientAsync("127.0.0.1");
            await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"POST /DeploymentService/LoginService HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/xml\r\nContent-Length: {body.Length}\r\nExpect: 100-continue\r\n\r\n")));
            // The server asks for the body: it is in the middle of the exchange.
            var line = new byte[25];
            await stream.ReadExactlyAsync(line, RunningServer.Patience());
            Assert.That(Encoding.ASCII.GetString(line), Is.EqualTo("HTTP/1.1 100 Continue\r\n\r\n"));
            await stream.WriteAsync(body.AsMemory(0, 100));
        }

        public async Task<string> EndAsync()
        {
            await stream!.WriteAsync(body.AsMemory(100), RunningServer.Patience());
            using var answer = new MemoryStream();
            await stream.CopyToAsync(answer, RunningServer.Patience());
            return Encoding.UTF8.GetString(answer.ToArray());
        }

        public void Dispose()
        {
            stream?.Dispose();
            client.Dispose();
        }
    }
}
