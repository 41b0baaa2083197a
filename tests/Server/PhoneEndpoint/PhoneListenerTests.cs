using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using OpenStage.Server.Observations;
using OpenStage.Server.PhoneEndpoint;

namespace OpenStage.Server.Tests.PhoneEndpoint;

/// <summary>What stands between the web server and who handles the requests of phones: nothing.</summary>
public sealed class PhoneListenerTests
{
    [Test]
    public async Task A_request_comes_without_a_trace_or_a_line_of_the_web_servers_own()
    {
        var spans = new ConcurrentBag<string>();
        using var lines = new Lines();
        await using var listener = Listener(lines);
        await listener.StartAsync(context =>
        {
            spans.Add(System.Diagnostics.Activity.Current?.OperationName ?? "none");
            return context.Response.WriteAsync("taken");
        }, CancellationToken.None);
        using var client = Client();

        Assert.That(await client.GetStringAsync(new Uri($"https://127.0.0.1:{listener.Port}/")), Is.EqualTo("taken"));

        Assert.That(spans, Is.EqualTo(new[] { "none" }));
        Assert.That(lines.Categories, Has.None.StartsWith("Microsoft.AspNetCore.Hosting"));
        Assert.That(lines.Categories, Has.Some.StartsWith("Microsoft.AspNetCore.Server.Kestrel"), "what concerns the connection is told");
    }

    [Test]
    public async Task Of_one_request_nothing_is_left_for_the_next_on_the_same_connection()
    {
        var seen = new ConcurrentQueue<string>();
        using var lines = new Lines();
        await using var listener = Listener(lines);
        await listener.StartAsync(context =>
        {
            seen.Enqueue($"{context.Connection.Id} {context.Request.Path} {context.Items.Count}");
            context.Items["left"] = true;
            context.Response.StatusCode = seen.Count == 1 ? 404 : 200;
            return Task.CompletedTask;
        }, CancellationToken.None);
        using var client = Client();

        using var first = await client.GetAsync(new Uri($"https://127.0.0.1:{listener.Port}/first"));
        using var second = await client.GetAsync(new Uri($"https://127.0.0.1:{listener.Port}/second"));

        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var connection = seen.First().Split(' ')[0];
        Assert.That(seen, Is.EqualTo(new[] { $"{connection} /first 0", $"{connection} /second 0" }));
    }

    [Test]
    public async Task A_listener_whose_port_is_taken_says_so_and_can_be_closed()
    {
        using var lines = new Lines();
        await using var first = Listener(lines);
        await first.StartAsync(_ => Task.CompletedTask, CancellationToken.None);
        var second = Listener(lines, first.Port);

        Assert.That(async () => await second.StartAsync(_ => Task.CompletedTask, CancellationToken.None), Throws.TypeOf<PortInUseException>());
        Assert.That(async () => await second.DisposeAsync(), Throws.Nothing);
    }

    private static PhoneListener Listener(Lines lines, int port = 0) => new(
        new ServerOptions(), port, ServerCertificate.Make(IPAddress.Loopback, TimeProvider.System.GetUtcNow()), null,
        new ObservationBook(TimeProvider.System), lines.Factory);

    private static HttpClient Client() => new(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true });

    /// <summary>The categories of what is logged, at whatever level.</summary>
    private sealed class Lines : ILoggerProvider
    {
        public Lines() => Factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(this));

        public ILoggerFactory Factory { get; }

        public ConcurrentQueue<string> Categories { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Line(categoryName, Categories);

        public void Dispose() => Factory.Dispose();
    }

    private sealed class Line(string category, ConcurrentQueue<string> categories) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            categories.Enqueue(category);
    }
}
