using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace OpenStage.Server.Tests.Telemetry;

/// <summary>A collector that keeps what it is sent, as it came.</summary>
internal sealed class OtlpSink : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly List<(string Path, string ContentType, string Body)> requests = [];
    private readonly WebApplication application;

    private OtlpSink()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        application = builder.Build();
        application.Run(TakeAsync);
    }

    public Uri Url => new(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Requests so far; of each body the bytes as characters.</summary>
    public IReadOnlyList<(string Path, string ContentType, string Body)> Requests
    {
        get
        {
            lock (gate)
                return [.. requests];
        }
    }

    public static async Task<OtlpSink> StartAsync()
    {
        var sink = new OtlpSink();
        await sink.application.StartAsync();
        return sink;
    }

    public async ValueTask DisposeAsync() => await application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        lock (gate)
            requests.Add((context.Request.Path, context.Request.ContentType ?? "", Encoding.Latin1.GetString(body.ToArray())));
        context.Response.ContentType = "application/x-protobuf";
    }
}
