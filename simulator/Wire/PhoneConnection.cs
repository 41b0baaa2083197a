using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Wire;

/// <summary>One TLS connection to the service, and the bytes on it.</summary>
internal sealed class PhoneConnection : IDisposable
{
    /// <summary>Pieces that a slow phone cuts a body into, and the real pause between them.</summary>
    private const int SlowPieces = 40;

    private static readonly TimeSpan SlowPause = TimeSpan.FromMilliseconds(5);

    private readonly Socket socket;
    private readonly Stream stream;
    private readonly SslProtocols protocol;
    private readonly AnswerReader answers;

    private PhoneConnection(Socket socket, Stream stream, Uri server, SslProtocols protocol)
    {
        this.socket = socket;
        this.stream = stream;
        this.protocol = protocol;
        answers = new AnswerReader(stream);
        Server = server;
    }

    public Uri Server { get; }

    /// <summary>Such as Tls13; empty for plain HTTP.</summary>
    public string TlsVersion => protocol == SslProtocols.None ? "" : protocol.ToString();

    public string Client => socket.LocalEndPoint?.ToString() ?? "";

    /// <summary>True when the answer that is waited for has begun to come.</summary>
    public bool AnswerBegun => answers.Begun;

    public static async Task<PhoneConnection> OpenAsync(IPAddress? source, Uri server, PhoneTrust trust, IPhoneWatch? watch, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        var socket = await ConnectAsync(source, server, cancellation);
        if (server.Scheme == Uri.UriSchemeHttp)
            return new PhoneConnection(socket, new NetworkStream(socket, ownsSocket: true), server, SslProtocols.None);
        var connect = Stopwatch.GetElapsedTime(begun);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await tls.AuthenticateAsClientAsync(trust.OptionsFor(server), cancellation);
            watch?.Connected(connect, Stopwatch.GetElapsedTime(begun) - connect);
            return new PhoneConnection(socket, tls, server, tls.SslProtocol);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    public async Task<WireAnswer> SendAsync(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> body, Delivery delivery, CancellationToken cancellation)
    {
        if (delivery.Cut)
        {
            await stream.WriteAsync(head, cancellation);
            await stream.WriteAsync(body[..(body.Length / 2)], cancellation);
            await stream.FlushAsync(cancellation);
            throw new IOException("The phone closed the connection in the middle of its message.");
        }

        if (delivery.Slow)
        {
            await stream.WriteAsync(head, cancellation);
            var piece = Math.Max(1, body.Length / SlowPieces);
            for (var sent = 0; sent < body.Length; sent += piece)
            {
                await stream.WriteAsync(body[sent..Math.Min(sent + piece, body.Length)], cancellation);
                await stream.FlushAsync(cancellation);
                await Task.Delay(SlowPause, TimeProvider.System, cancellation);
            }
        }
        else
        {
            await WriteAsync(head, body, cancellation);
        }

        return await answers.ReadAsync(cancellation);
    }

    /// <summary>One write: head and body in one TLS record where they fit.</summary>
    private async Task WriteAsync(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var length = head.Length + body.Length;
        var whole = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            head.CopyTo(whole);
            body.CopyTo(whole.AsMemory(head.Length));
            await stream.WriteAsync(whole.AsMemory(0, length), cancellation);
            await stream.FlushAsync(cancellation);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    /// <summary>Says goodbye to TLS and closes (WPI guide p.31).</summary>
    public async Task CloseAsync()
    {
        try
        {
            if (stream is SslStream tls)
                await tls.ShutdownAsync();
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The other side closed first.
        }

        Dispose();
    }

    public void Dispose() => stream.Dispose();

    private static async Task<Socket> ConnectAsync(IPAddress? source, Uri server, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(server.IdnHost, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(server.IdnHost, cancellation);
        SocketException? refused = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                if (source is not null && source.AddressFamily == address.AddressFamily)
                    socket.Bind(new IPEndPoint(source, 0));
                await socket.ConnectAsync(new IPEndPoint(address, server.Port), cancellation);
                return socket;
            }
            catch (SocketException broken)
            {
                socket.Dispose();
                refused = broken;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw refused ?? new SocketException((int)SocketError.HostNotFound);
    }
}
