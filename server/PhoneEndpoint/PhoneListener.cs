using System.Buffers;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Observations;
using OpenStage.Server.SecureMode;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>An HTTPS port of the phones (WPI guide p.12).</summary>
/// <param name="port">Port to listen on, 0 for any free one.</param>
/// <param name="certificate">Certificate of the default port; null for the secure port, which has its own.</param>
/// <param name="secure">TLS of the secure port; null for the default port.</param>
internal sealed partial class PhoneListener(
    ServerOptions options, int port, X509Certificate2? certificate, SecurePort? secure, ObservationBook book, ILoggerFactory loggers)
    : IAsyncDisposable
{
    private readonly HandshakeQueue handshakes = new(Environment.ProcessorCount, options.HeadTimeout);
    private readonly ILogger logger = loggers.CreateLogger<PhoneListener>();
    private WebApplication? application;

    /// <summary>The port that is listened on.</summary>
    public int Port { get; private set; }

    public async Task StartAsync(RequestDelegate handle, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(Configure);
        // After the web server's own, which it takes the place of.
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, ReceiveBlocks>();
        // It holds the parts of the web server, which is started without it: see PhoneApplication.
        var opening = builder.Build();
        Port = await ListenerStart.StartAsync(
            opening, token => WebServer(opening).StartAsync(new PhoneApplication(handle), token), new IPEndPoint(options.ListenAddress, port), cancellation);
        application = opening;
    }

    /// <summary>Takes no new connections, and waits for the exchanges that are under way.</summary>
    /// <param name="limit">When cancelled, what is still under way is dropped.</param>
    public async Task StopAsync(CancellationToken limit)
    {
        if (Interlocked.Exchange(ref application, null) is { } running)
            await ListenerStart.StopAsync(running, WebServer(running).StopAsync, limit);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(ListenerStart.StopPatience);
        await StopAsync(limit.Token);
    }

    private static IServer WebServer(WebApplication application) => application.Services.GetRequiredService<IServer>();

    private void Configure(KestrelServerOptions kestrel)
    {
        SenderLimits.Apply(kestrel, options);
        kestrel.Limits.MaxRequestBodySize = null; // The handler has the limit, and answers 413 itself.
        // A phone that takes its file drop by drop must not hold the connection for good.
        kestrel.Limits.MinResponseDataRate = new MinDataRate(options.LeastDownloadRate, TimeSpan.FromSeconds(5));
        kestrel.Listen(options.ListenAddress, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(handshakes.Wrap);
            listen.UseHttps(https =>
            {
                if (secure is null)
                    https.ServerCertificate = certificate;
                else
                    Secure(https, secure);
                https.HandshakeTimeout = TimeSpan.FromSeconds(10);
                https.SslProtocols = Protocols();
                https.TlsClientHelloBytesCallback = LookAtHello;
            });
            listen.Use(PhoneConnection.Wrap);
        });
    }

    private static void Secure(HttpsConnectionAdapterOptions https, SecurePort secure)
    {
        // Each handshake is set up anew, with the certificates of its time; what the web server has for that is left alone,
        // as it knows neither the own authority nor who came without a certificate.
        https.ServerCertificateSelector = static (_, _) => null;
        https.ClientCertificateMode = ClientCertificateMode.NoCertificate;
        https.OnAuthenticate = secure.Authenticate;
    }

    private SslProtocols Protocols()
    {
        const SslProtocols modern = SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning disable SYSLIB0039, CA5397 // The option is for old phones, which know nothing else.
        return options.AllowTls10 ? modern | SslProtocols.Tls | SslProtocols.Tls11 : modern;
#pragma warning restore SYSLIB0039, CA5397
    }

    private void LookAtHello(ConnectionContext connection, ReadOnlySequence<byte> bytes)
    {
        if (ClientHello.Version(bytes) is not { } version || version >= 0x0303)
            return;
        var name = ClientHello.Name(version);
        book.Add("", new Observation("old-tls", "TLS 1.2 or later", name, 12));
        if (options.AllowTls10)
            LogOldTlsAllowed(logger, connection.RemoteEndPoint, name);
        else
            LogOldTlsRefused(logger, connection.RemoteEndPoint, name);
    }

    [LoggerMessage(1101, LogLevel.Warning,
        "{Client} offers no more than {Version}, which is refused. For old firmware start with --allow-tls10, and with OPENSSL_CONF naming an OpenSSL configuration at security level 0")]
    private static partial void LogOldTlsRefused(ILogger logger, EndPoint? client, string version);

    [LoggerMessage(1102, LogLevel.Information,
        "{Client} offers no more than {Version}. If its handshake fails, OpenSSL forbids it: start with OPENSSL_CONF naming a configuration with MinProtocol = TLSv1 and CipherString = DEFAULT@SECLEVEL=0")]
    private static partial void LogOldTlsAllowed(ILogger logger, EndPoint? client, string version);
}
