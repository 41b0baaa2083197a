using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenStage.Harness.Reports;
using OpenStage.Server.Admin;

namespace OpenStage.Harness.Live;

/// <summary>Shows a run in the browser while it goes on, on 127.0.0.1 alone; at the end its whole report.</summary>
public sealed class LiveServer : IAsyncDisposable
{
    /// <summary>Header that an answer to a prompt needs; only our own page knows its value.</summary>
    internal const string TokenHeader = "X-Lab-Token";

    /// <summary>Real time between two events to one page.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(250);

    private const int MostReason = 200;
    private const int MostBody = 4 * 1024;

    private readonly WebApplication app;
    private readonly LiveRun run;
    private readonly TimeProvider time;
    private readonly string token = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    private LiveServer(WebApplication app, LiveRun run, TimeProvider time)
    {
        this.app = app;
        this.run = run;
        this.time = time;
    }

    public Uri Url => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    /// <param name="port">0 for any that is free, or 1 to 65535.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<LiveServer> StartAsync(LiveRun run, int port, TimeProvider time, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.Limits.MaxRequestBodySize = MostBody;
        });
        var app = builder.Build();
        var server = new LiveServer(app, run, time);
        server.Map();
        await app.StartAsync(cancellation);
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map()
    {
        app.Use(ProtectAsync);
        app.Use(new BrowserGuard(IPAddress.Loopback).InvokeAsync);
        app.MapGet("/", () => Results.Text(Part("live.html").Replace("{token}", token, StringComparison.Ordinal), "text/html; charset=utf-8"));
        app.MapGet("/live.css", () => Results.Text(HtmlReport.Part("report.css") + Part("live.css"), "text/css; charset=utf-8"));
        app.MapGet("/live.js", () => Results.Text(Part("live.js"), "text/javascript; charset=utf-8"));
        app.MapGet("/favicon.ico", () => Results.NoContent());
        app.MapGet("/events", (CancellationToken gone) => TypedResults.ServerSentEvents(EventsAsync(gone)));
        app.MapPost("/prompts/{id:int}", AnswerAsync);
        app.MapGet("/report/{**path}", (string? path) => Report(path ?? ""));
    }

    /// <summary>No page of ours loads anything from elsewhere or stands in a frame; the report has its script and style inside.</summary>
    private static Task ProtectAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/report", StringComparison.Ordinal)
            ? "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            : "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        return next(context);
    }

    /// <summary>The state every now and then, and before it the results that are new; over when the run is.</summary>
    private async IAsyncEnumerable<SseItem<string>> EventsAsync([EnumeratorCancellation] CancellationToken gone)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(gone, app.Lifetime.ApplicationStopping);
        var seen = 0;
        while (true)
        {
            // The state first: what comes in between is told with the next one, and none is left out at the end.
            var state = run.State();
            var fresh = run.ResultsFrom(seen);
            yield return Event("results", new { from = seen, results = fresh });
            yield return Event("state", state);
            seen += fresh.Count;
            if (state.IsOver)
                yield break;
            await Task.Delay(Gap, time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (end.IsCancellationRequested)
                yield break;
        }
    }

    private static SseItem<string> Event<T>(string name, T data) => new(JsonSerializer.Serialize(data, ReportJson.LineOptions), name);

    private async Task<IResult> AnswerAsync(int id, HttpContext context)
    {
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers[TokenHeader].ToString()), Encoding.UTF8.GetBytes(token)))
            return Problem(403, $"{TokenHeader}: the value is not allowed; allowed is the one of the page that this lab serves.");
        string reason;
        try
        {
            var body = await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(context.Request.Body, ReportJson.LineOptions, context.RequestAborted);
            reason = body?.GetValueOrDefault("reason") ?? throw new JsonException("reason is missing.");
        }
        catch (JsonException wrong)
        {
            return Problem(400, $"body: {wrong.Message} Allowed is {{\"reason\": \"\"}} for done, or with the reason why it cannot be done.");
        }

        if (reason.Length > MostReason)
            return Problem(400, $"reason: {reason.Length} characters are not allowed; allowed are at most {MostReason}.");
        return run.Answer(id, reason) ? Results.NoContent() : Problem(404, $"prompt '{id}' is not open; allowed is one that still waits for an answer.");
    }

    private static IResult Problem(int status, string text) => Results.Text(text, "text/plain; charset=utf-8", statusCode: status);

    private IResult Report(string path)
    {
        if (run.ReportFolder is not { } folder)
            return Problem(404, "The run goes on; the report is here when it is over.");
        var file = Path.GetFullPath(Path.Combine(folder, path.Length == 0 ? "report.html" : path));
        if (!file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(file))
            return Problem(404, $"path '{path}' is not allowed; allowed is a file of the report.");
        return Results.File(file, new FileExtensionContentTypeProvider().TryGetContentType(file, out var type) ? type : "application/octet-stream");
    }

    private static string Part(string name)
    {
        using var stream = typeof(LiveServer).Assembly.GetManifestResourceStream($"live/{name}")
            ?? throw new InvalidOperationException($"The harness was built without {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
