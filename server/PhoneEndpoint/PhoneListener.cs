using System.Buffers;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Observations;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>The HTTPS port of the phones (WPI guide p.12).</summary>
internal sealed partial class PhoneListener(ServerOptions options, X509Certificate2 certificate, ObservationBook book, ILoggerFactory loggers)
    : IAsyncDisposable
{
    private readonly ILogger logger = loggers.CreateLogger<PhoneListener>();
    private WebApplication? application;

    /// <summary>The port that is listened on.</summary>
    public int Port { get; private set; }

    public async Task StartAsync(RequestDelegate handle, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(Configure);
        application = builder.Build();
        application.Run(handle);
        Port = await ListenerStart.StartAsync(application, new IPEndPoint(options.ListenAddress, options.PhonePort), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (application is not null)
            await ListenerStart.StopAsync(application);
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        kestrel.Limits.MaxRequestBodySize = null; // The handler has the limit, and answers 413 itself.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30); // Some phones need the connection for 30 s (field).
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Listen(options.ListenAddress, options.PhonePort, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(https =>
            {
                https.ServerCertificate = certificate;
                https.HandshakeTimeout = TimeSpan.FromSeconds(10);
                https.SslProtocols = Protocols();
                https.TlsClientHelloBytesCallback = LookAtHello;
            });
            listen.Use(PhoneConnection.Wrap);
        });
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
