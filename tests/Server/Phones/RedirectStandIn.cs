using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace OpenStage.Server.Tests.Phones;

/// <summary>A redirect service: remembers what it was asked, and answers as it is told to.</summary>
internal sealed class RedirectStandIn : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<string> asked = new();

    private RedirectStandIn(WebApplication application) => this.application = application;

    /// <summary>Base address, with a path of its own.</summary>
    public Uri Url => new(new Uri(application.Urls.Single()), "/redirects/v1");

    /// <summary>Requests as "METHOD path token body", in order.</summary>
    public IReadOnlyList<string> Asked => [.. asked];

    /// <summary>Status of the answers.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Where a redirecting answer leads.</summary>
    public Uri? Location { get; set; }

    /// <summary>When set, answers wait for it.</summary>
    public TaskCompletionSource? Hold { get; set; }

    public static async Task<RedirectStandIn> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var service = new RedirectStandIn(application);
        application.Run(service.AnswerAsync);
        await application.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync() => await application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        asked.Enqueue($"{context.Request.Method} {context.Request.Path} {context.Request.Headers.Authorization} {body}");
        if (Hold is { } hold)
            await hold.Task.WaitAsync(context.RequestAborted);
        context.Response.StatusCode = Status;
        if (Location is { } location)
            context.Response.Headers.Location = location.AbsoluteUri;
    }
}
