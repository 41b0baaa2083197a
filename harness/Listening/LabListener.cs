using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OpenStage.Harness.Recording;

namespace OpenStage.Harness.Listening;

/// <summary>
/// What a phone may call beside the service: a file server, a poll address, a secure port. It keeps every request, and
/// answers as the case says.
/// </summary>
public sealed class LabListener : IDisposable
{
    private readonly TcpListener listener;
    private readonly ListenerKind kind;
    private readonly SslStreamCertificateContext? certificate;
    private readonly Func<LabRequest, LabAnswer> answer;
    private readonly CancellationTokenSource stop = new();
    private readonly List<LabRequest> requests = [];
    private readonly Lock gate = new();

    private LabListener(IPAddress address, ListenerKind kind, SslStreamCertificateContext? certificate, Func<LabRequest, LabAnswer> answer)
    {
        this.kind = kind;
        this.certificate = certificate;
        this.answer = answer;
        listener = new TcpListener(address, 0);
        listener.Start();
        var scheme = kind == ListenerKind.Http ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        Url = new UriBuilder(scheme, address.ToString(), ((IPEndPoint)listener.LocalEndpoint).Port).Uri;
    }

    /// <summary>Where it listens: a port that was free.</summary>
    public Uri Url { get; }

    /// <summary>Every request so far, in order.</summary>
    public IReadOnlyList<LabRequest> Requests
    {
        get
        {
            lock (gate)
                return [.. requests];
        }
    }

    /// <param name="certificate">What it shows; null for plain HTTP.</param>
    internal static LabListener Start(IPAddress address, ListenerKind kind, SslStreamCertificateContext? certificate, Func<LabRequest, LabAnswer> answer)
    {
        var started = new LabListener(address, kind, certificate, answer);
        _ = started.AcceptAsync();
        return started;
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync(stop.Token);
            }
            catch (Exception ended) when (ended is OperationCanceledException or InvalidOperationException or SocketException)
            {
                return;
            }

            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                if (kind == ListenerKind.Http)
                {
                    await ServeAsync(client.GetStream(), "", null);
                    return;
                }

                var counted = new TlsRecordCount(client.GetStream());
                await using var tls = new SslStream(counted);
                await tls.AuthenticateAsServerAsync(Tls(), stop.Token);
                await ServeAsync(tls, (tls.RemoteCertificate as X509Certificate2)?.Thumbprint ?? "", counted);
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or AuthenticationException or ObjectDisposedException)
        {
            // The phone went away, or the case is over.
        }
    }

    private async Task ServeAsync(Stream stream, string thumbprint, TlsRecordCount? counted)
    {
        // What came with the end of the handshake is part of the first request already.
        var before = 0;
        while (await HttpSide.ReadAsync(stream, stop.Token) is { } raw)
        {
            var request = new LabRequest(raw.Word(0), raw.Word(1), raw.Body, thumbprint, (counted?.Records ?? 0) - before) { Headers = raw.Headers };
            before += request.Records;
            LabAnswer answered;
            lock (gate)
            {
                requests.Add(request);
                answered = answer(request);
            }

            var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {answered.Status} Lab\r\nContent-Type: {answered.ContentType}\r\nContent-Length: {answered.Body.Length}\r\n\r\n");
            await stream.WriteAsync((byte[])[.. Encoding.Latin1.GetBytes(head), .. answered.Body], stop.Token);
            if (!HttpSide.Keeps(raw))
                return;
        }
    }

    private SslServerAuthenticationOptions Tls() => new()
    {
        ServerCertificateContext = certificate,
        ClientCertificateRequired = kind == ListenerKind.MutualHttps,
#pragma warning disable CA5359 // The case itself looks at what was shown.
        RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
    };
}
