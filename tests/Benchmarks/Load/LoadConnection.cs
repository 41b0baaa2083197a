using System.Buffers.Text;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OpenStage.Benchmarks.Load;

/// <summary>One TLS 1.2 connection of the load, which reads no more of an answer than it checks.</summary>
internal sealed class LoadConnection : IAsyncDisposable
{
    private static readonly X509ChainPolicy NoLookUp = new()
    {
        // Nothing is looked up for the certificate: neither the system's authorities nor, on the network, missing ones.
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        VerificationFlags = X509VerificationFlags.AllFlags,
        DisableCertificateDownloads = true,
    };

    private static int opened;

    private readonly Socket socket;
    private readonly SslStream stream;
    private readonly byte[] buffer = new byte[16 * 1024];
    private int length;
    private int bodyStart;

    private LoadConnection(Socket socket, SslStream stream)
    {
        this.socket = socket;
        this.stream = stream;
    }

    /// <summary>Body of the last answer.</summary>
    public ReadOnlySpan<byte> Body => buffer.AsSpan(bodyStart, length - bodyStart);

    /// <summary>The session cookie that the last answer set; empty for none.</summary>
    public ReadOnlySpan<byte> Cookie
    {
        get
        {
            var name = "JSESSIONID="u8;
            var at = buffer.AsSpan(0, bodyStart).IndexOf(name);
            return at < 0 ? default : buffer.AsSpan(at + name.Length, 32);
        }
    }

    public static async Task<LoadConnection> OpenAsync(Uri url, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, url.Port), cancellation);
            var stream = new SslStream(new NetworkStream(socket));
            await stream.AuthenticateAsClientAsync(Tls(), cancellation);
            return new LoadConnection(socket, stream);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <exception cref="LoadException">The status is not 200, or the connection ended.</exception>
    public async ValueTask ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        await stream.WriteAsync(request, cancellation);
        length = 0;
        bodyStart = 0;
        var end = -1;
        while (end < 0 || length < end)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellation);
            if (read == 0)
                throw new LoadException("The connection ended before the answer did.");
            length += read;
            if (end < 0)
                end = End();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        socket.Dispose();
    }

    /// <summary>
    /// Phones make a full handshake each time; a resumed one would hide what it costs. Sessions are kept by the name of the
    /// server, and settings are made once where they may be kept: so each connection has another name, in a form that is
    /// not sent.
    /// </summary>
    private static SslClientAuthenticationOptions Tls() => new()
    {
        TargetHost = new IPAddress(0x7F | ((long)(uint)Interlocked.Increment(ref opened) << 8 & 0xFFFF_FF00)).ToString(),
        EnabledSslProtocols = SslProtocols.Tls12,
        CertificateChainPolicy = NoLookUp,
#pragma warning disable CA5359 // In default mode phones accept any certificate (WPI guide p.12).
        RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
    };

    /// <summary>Where the answer ends, as its head says; -1 when the head is not whole yet.</summary>
    private int End()
    {
        var head = buffer.AsSpan(0, length);
        var blank = head.IndexOf("\r\n\r\n"u8);
        if (blank < 0)
            return -1;
        bodyStart = blank + 4;
        if (!head.StartsWith("HTTP/1.1 200 "u8))
            throw new LoadException($"The answer is no 200: {Encoding.ASCII.GetString(head[..Math.Min(blank, 60)])}");
        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        if (at < 0 || !Utf8Parser.TryParse(head[(at + name.Length)..], out int size, out _) || bodyStart + size > buffer.Length)
            throw new LoadException("The answer has no Content-Length, or one of more than 16 kB.");
        return bodyStart + size;
    }
}
