using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace OpenStage.Server.Tests;

/// <summary>HTTP over TLS, byte by byte, as phones send it.</summary>
internal sealed class RawTls : IAsyncDisposable
{
    private readonly TcpClient client;

    private RawTls(TcpClient client, SslStream stream)
    {
        this.client = client;
        Stream = stream;
    }

    public SslStream Stream { get; }

    public static async Task<RawTls> ConnectAsync(Uri server, int? receiveBuffer = null)
    {
        var client = new TcpClient();
        if (receiveBuffer is { } size)
            client.ReceiveBufferSize = size;
        await client.ConnectAsync(IPAddress.Loopback, server.Port, RunningServer.Patience());
#pragma warning disable CA5359 // Phones accept any certificate (WPI guide p.12).
        var tls = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, RunningServer.Patience());
        return new RawTls(client, tls);
    }

    public async Task WriteAsync(string text) => await Stream.WriteAsync(Encoding.UTF8.GetBytes(text), RunningServer.Patience());

    /// <summary>Drops the connection in the middle of whatever is on it.</summary>
    public void Reset() => client.Client.Close(0);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Stream.DisposeAsync();
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException)
        {
            // The connection was dropped on purpose.
        }

        client.Dispose();
    }

    /// <summary>Sends a request and reads until the server closes.</summary>
    public static async Task<Answer> SendAsync(Uri server, string method, string target, string headers = "")
    {
        await using var tls = await ConnectAsync(server);
        await tls.WriteAsync(Request(method, target, $"Connection: close\r\n{headers}"));
        using var answer = new MemoryStream();
        await tls.Stream.CopyToAsync(answer, RunningServer.Patience());
        return Answer.Of(answer.ToArray());
    }

    public static string Request(string method, string target, string headers = "") => $"{method} {target} HTTP/1.1\r\nHost: phones\r\n{headers}\r\n";

    /// <param name="Head">Status line and headers.</param>
    internal sealed record Answer(int Status, string Head, byte[] Body)
    {
        public static Answer Of(byte[] bytes)
        {
            var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
            var head = Encoding.ASCII.GetString(bytes, 0, end + 2);
            return new Answer(int.Parse(head.Split(' ')[1], CultureInfo.InvariantCulture), head, bytes[(end + 4)..]);
        }
    }
}
