using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpenStage.Server.PhoneEndpoint;

namespace OpenStage.Server.Polling;

/// <summary>The plain HTTP port that phones behind NAT poll (WPI guide p.15, p.24).</summary>
internal sealed class PollListener(ServerOptions options, int port, ILoggerFactory loggers) : IAsyncDisposable
{
    private WebApplication? application;

    /// <summary>The port that is listened on.</summary>
    public int Port { get; private set; }

    public async Task StartAsync(RequestDelegate handle, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            SenderLimits.Apply(kestrel, options);
            // A poll has no body.
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(options.ListenAddress, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        application = builder.Build();
        application.Run(handle);
        Port = await ListenerStart.StartAsync(application, new IPEndPoint(options.ListenAddress, port), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (application is not null)
            await ListenerStart.StopAsync(application);
    }
}
