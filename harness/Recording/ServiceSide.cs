using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace OpenStage.Harness.Recording;

/// <summary>
/// The proxy's connection to the service for one connection of the phone. Written and read raw, so that each side sees
/// the other's headers, their order and the way a body is sent; only Host is another.
/// </summary>
internal sealed class ServiceSide(Uri server) : IAsyncDisposable
{
    private TcpClient? client;
    private SslStream? stream;

    /// <summary>The service's answer, or null when it gave none.</summary>
    public async Task<RawMessage?> AskAsync(RawMessage request, CancellationToken cancellation)
    {
        var asked = HttpSide.Write(request with
        {
            Headers = [.. request.Headers.Select(header => header.Name.Equals("Host", StringComparison.OrdinalIgnoreCase) ? header with { Value = server.Authority } : header)],
        });
        var isReused = stream is not null;
        var (answer, isGone) = await TryAsync(asked, cancellation);
        // A service may hang up on a connection that rests (WPI guide p.12): the phone is not to suffer for it.
        if (isReused && isGone)
            (answer, _) = await TryAsync(asked, cancellation);
        if (answer is null || !HttpSide.Keeps(answer) || !HttpSide.IsDelimited(answer))
            await CloseAsync();
        return answer;
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    /// <returns>The answer, or null; and whether the connection was gone before any of it came.</returns>
    private async Task<(RawMessage? Answer, bool IsGone)> TryAsync(byte[] asked, CancellationToken cancellation)
    {
        var isGone = true;
        try
        {
            var open = stream ?? await OpenAsync(cancellation);
            await open.WriteAsync(asked, cancellation);
            if (await HttpSide.ReadAnswerAsync(open, cancellation) is { } answer)
                return (answer, false);
        }
        catch (Exception gone) when (gone is IOException or SocketException or AuthenticationException)
        {
            // No answer is what the recording says then. Part of one, or none that is HTTP, is no reason to ask again.
            isGone = gone is SocketException or { InnerException: SocketException };
        }

        await CloseAsync();
        return (null, isGone);
    }

    private async Task<SslStream> OpenAsync(CancellationToken cancellation)
    {
        client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(server.DnsSafeHost, server.Port, cancellation);
#pragma warning disable CA5359 // The phone would not authenticate the service either (WPI guide p.12).
        stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, static (_, _, _, _) => true);
#pragma warning restore CA5359
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = server.DnsSafeHost }, cancellation);
        return stream;
    }

    private async Task CloseAsync()
    {
        if (stream is not null)
            await stream.DisposeAsync();
        client?.Dispose();
        (stream, client) = (null, null);
    }
}
