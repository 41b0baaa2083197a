using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpenStage.Server.Accounts;
using OpenStage.Server.Campaigns;
using OpenStage.Server.Description;
using OpenStage.Server.Files;
using OpenStage.Server.Mobility;
using OpenStage.Server.Operations;
using OpenStage.Server.Pages;
using OpenStage.Server.Pages.Live;
using OpenStage.Server.PhoneEndpoint;
using OpenStage.Server.Polling;
using OpenStage.Server.Scans;
using OpenStage.Server.SecureMode;
using OpenStage.Server.Templates;

namespace OpenStage.Server.Admin;

/// <summary>The administration's HTTP port.</summary>
/// <param name="certificate">For HTTPS, or null for HTTP.</param>
internal sealed class AdminListener(
    ServerOptions options, ProvisioningServer server, X509Certificate2? certificate, TimeProvider time, ILoggerFactory loggers, CancellationToken stopping)
    : IAsyncDisposable
{
    /// <summary>Most bytes a request.</summary>
    public const int MaxBody = 4 * 1024 * 1024;

    private WebApplication? application;
    private LiveFeed? feed;

    public int Port { get; private set; }

    public IServiceProvider Services => application!.Services;

    public async Task StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(AdminListener).Assembly.GetName().Name });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRouting();
        PageServices.Add(builder.Services, time);
        ApiDocument.AddTo(builder.Services);
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(allowIntegerValues: false));
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.AllowDuplicateProperties = false;
        });
        server.Access.AddTo(builder.Services);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Listen(options.AdminAddress, options.AdminPort, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (certificate is not null)
                    listen.UseHttps(certificate);
            });
        });
        application = builder.Build();
        server.Access.Use(application, new BrowserGuard(options.AdminAddress, certificate));
        application.Use(PageErrors.CatchAsync);
        application.MapOpenApi().AllowAnonymous();
        var api = application.MapGroup("/api").WithAccessRules();
        server.Access.Map(api);
        new AdminEndpoints(server, stopping).Map(api);
        new FileEndpoints(server.Files).Map(api);
        new SecureModeEndpoints(server).Map(api);
        new MobileUserEndpoints(server.MobileUsers).Map(api);
        new HealthEndpoints(server.Health).Map(application);
        new PollingEndpoints(server).Map(api);
        new ScanEndpoints(server.Scanner).Map(api);
        new CampaignEndpoints(server.Campaigns).Map(api);
        new TemplateEndpoints(server.Templates).Map(api);
        feed = new LiveFeed(server);
        new PageEndpoints(server, options, time, feed.Topics, stopping).Map(application);
        Port = await ListenerStart.StartAsync(application, new IPEndPoint(options.AdminAddress, options.AdminPort), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        feed?.Dispose();
        if (application is not null)
            await ListenerStart.StopAsync(application);
        certificate?.Dispose();
    }
}
