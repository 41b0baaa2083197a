using System.Net;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpenStage.Server.Mobility;
using OpenStage.Server.PhoneEndpoint;

namespace OpenStage.Server.Admin;

/// <summary>The administration's HTTP port.</summary>
internal sealed class AdminListener(ServerOptions options, ProvisioningServer server, ILoggerFactory loggers, CancellationToken stopping)
    : IAsyncDisposable
{
    /// <summary>Most bytes a request.</summary>
    public const int MaxBody = 4 * 1024 * 1024;

    private WebApplication? application;

    public int Port { get; private set; }

    public async Task StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(AdminListener).Assembly.GetName().Name });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRouting();
        builder.Services.AddOpenApi();
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Listen(options.AdminAddress, options.AdminPort, listen => listen.Protocols = HttpProtocols.Http1);
        });
        application = builder.Build();
        application.Use(new BrowserGuard(options.AdminAddress).InvokeAsync);
        application.Use(ApiErrors.CatchAsync);
        application.MapOpenApi();
        var api = application.MapGroup("/api");
        new AdminEndpoints(server, stopping).Map(api);
        new MobileUserEndpoints(server.MobileUsers).Map(api);
        Port = await ListenerStart.StartAsync(application, new IPEndPoint(options.AdminAddress, options.AdminPort), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (application is not null)
            await ListenerStart.StopAsync(application);
    }
}
