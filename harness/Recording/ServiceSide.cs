using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace OpenStage.Harness.Recording;

/// <summary>
/// A connection to a service in place of a phone's. Written and read raw, so that each side sees the other's headers,
/// their order and the way a body is sent; only Host is another.
/// </summary>
/// <param name="own">Client certificate for a secure port, or null.</param>
/// <param name="trusts">Whether the service's certificate will do; null for any.</param>
internal sealed class ServiceSide(Uri server, X509Certificate2? own = null, Func<X509Certificate?, bool>? trusts = null) : IAsyncDisposable
{
    private TcpClient? client;
    private SslStream? stream;

    /// <summary>Why there was no answer, or empty.</summary>
    public string Error { get; private set; } = "";

    /// <summary>True when there was no connection at all.</summary>
    public bool IsUnreachable { get; private set; }

    /// <summary>TLS version of the last connection such as Tls13, or empty.</summary>
    public string TlsVersion { get; private set; } = "";

    /// <summary>This end of the last connection, or empty.</summary>
    public string Client { get; private set; } = "";

    /// <summary>Bytes that came after an answer whose end was announced, up to the end of the connection.</summary>
    public int Surplus { get; private set; }

    /// <summary>The service's answer, or null when it gave none.</summary>
    /// <param name="isLast">True when the request asks for the connection to be closed, and what still comes is to be counted.</param>
    public async Task<RawMessage?> AskAsync(RawMessage request, CancellationToken cancellation, bool isLast = false)
    {
        (Error, IsUnreachable, Surplus) = ("", false, 0);
        var asked = HttpSide.Write(request with
        {
            Headers = [.. request.Headers.Select(header => header.Name.Equals("Host", StringComparison.OrdinalIgnoreCase) ? header with { Value = server.Authority } : header)],
        });
        var isReused = stream is not null;
        var (answer, isGone) = await TryAsync(asked, cancellation);
        // A service may hang up on a connection that rests (WPI guide p.12): the phone is not to suffer for it.
        if (isReused && isGone)
            (answer, _) = await TryAsync(asked, cancellation);
        if (isLast && answer is not null && stream is not null)
            Surplus = await RestAsync(stream, cancellation);
        if (answer is null || isLast || !HttpSide.Keeps(answer) || !HttpSide.IsDelimited(answer))
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
            Error = "the connection was closed";
        }
        catch (Exception gone) when (gone is IOException or SocketException or AuthenticationException)
        {
            // No answer is what the recording says then. Part of one, or none that is HTTP, is no reason to ask again.
            Error = gone.Message;
            isGone = gone is SocketException or { InnerException: SocketException };
        }

        await CloseAsync();
        return (null, isGone);
    }

    private async Task<SslStream> OpenAsync(CancellationToken cancellation)
    {
        client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(server.DnsSafeHost, server.Port, cancellation);
        }
        catch (SocketException)
        {
            IsUnreachable = true;
            throw;
        }

        Client = client.Client.LocalEndPoint?.ToString() ?? "";
#pragma warning disable CA5359 // The phone would not authenticate the service either (WPI guide p.12).
        stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => trusts is null || trusts(certificate));
#pragma warning restore CA5359
        await stream.AuthenticateAsClientAsync(Handshake(), cancellation);
        TlsVersion = stream.SslProtocol.ToString();
        return stream;
    }

    /// <summary>
    /// How to shake hands. What the service's certificate is worth is decided here alone: without the policy, each
    /// connection would read the system's authorities, and load from wherever a certificate says.
    /// </summary>
    internal SslClientAuthenticationOptions Handshake() => new()
    {
        TargetHost = server.DnsSafeHost,
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        },
        ClientCertificateContext = own is null ? null : SslStreamCertificateContext.Create(own, additionalCertificates: null, offline: true),
    };

    private static async Task<int> RestAsync(SslStream open, CancellationToken cancellation)
    {
        var count = 0;
        var part = new byte[1024];
        try
        {
            while (await open.ReadAsync(part, cancellation) is var read && read > 0)
                count += read;
        }
        catch (IOException)
        {
            // Closed without a farewell: nothing more can come.
        }

        return count;
    }

    /// <summary>Closes the connection; the next request opens another.</summary>
    public async Task CloseAsync()
    {
        if (stream is not null)
            await stream.DisposeAsync();
        client?.Dispose();
        (stream, client) = (null, null);
    }
}
