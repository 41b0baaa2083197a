using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using OpenStage.Server.Jobs;
using OpenStage.Server.Pages.Live;

namespace OpenStage.Server.Tests.Pages;

public sealed class LiveEventsTests
{
    private RunningServer lab = null!;

    [SetUp]
    public async Task Start() => lab = await RunningServer.StartAsync();

    [TearDown]
    public async Task End() => await lab.DisposeAsync();

    [Test]
    public async Task A_page_hears_of_what_it_asked_for_and_of_nothing_else()
    {
        using var page = await ListenAsync($"topic=device:{PhoneTalk.Mac}&topic=job:*");
        using var other = new TestPhone(lab.Server.PhoneUrl, "00:1A:E8:00:00:02");
        await other.StartUpAsync();
        await CreateAsync();
        Assert.That(await page.NextAsync(), Is.EqualTo("data: job:*"));
        await PassAsync(LiveEvents.Gap);
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.StartUpAsync();
        Assert.That(await page.NextAsync(), Is.EqualTo($"data: device:{PhoneTalk.Mac}"));
    }

    [Test]
    public async Task Many_changes_are_one_event_and_at_most_four_a_second_are_sent()
    {
        using var page = await ListenAsync("topic=job:*");
        await CreateAsync();
        Assert.That(await page.NextAsync(), Is.EqualTo("data: job:*"));
        await PassAsync(LiveEvents.Gap);
        await CreateAsync();
        Assert.That(await page.NextAsync(), Is.EqualTo("data: job:*"));
        for (var count = 0; count < 20; count++)
            await CreateAsync();
        var millisecond = TimeSpan.FromMilliseconds(1);
        await lab.PassAsync(LiveEvents.Gap - millisecond);
        Assert.That(page.HasMore, Is.False);
        await PassAsync(millisecond);
        Assert.That(await page.NextAsync(), Is.EqualTo("data: job:*"));
        // What came in the meantime was one event.
        await PassAsync(LiveEvents.Gap);
        await PassAsync(LiveEvents.Heartbeat);
        Assert.That(await page.NextAsync(), Is.EqualTo(":"));
    }

    [Test]
    public async Task A_connection_on_which_nothing_happens_is_kept_open_by_comments()
    {
        using var page = await ListenAsync("topic=job:*");
        for (var beat = 0; beat < 3; beat++)
        {
            await PassAsync(LiveEvents.Heartbeat);
            Assert.That(await page.NextAsync(), Is.EqualTo(":"));
            await PassAsync(LiveEvents.Gap);
        }
    }

    [Test]
    public async Task All_connections_end_with_the_server()
    {
        using var page = await ListenAsync("topic=job:*");
        await lab.Server.DisposeAsync();
        Assert.That(await page.NextAsync(), Is.Null);
    }

    [Test]
    public async Task More_than_200_pages_are_told_to_come_later_and_one_that_leaves_makes_room()
    {
        var pages = new List<EventReader>();
        for (var count = 0; count < LiveTopics.MostListeners; count++)
            pages.Add(await ListenAsync("topic=job:*"));
        var refused = await RawHttp.GetAsync(lab.Server.AdminUrl, "/events?topic=job:*");
        Assert.That(RawHttp.Status(refused), Is.EqualTo(503));
        Assert.That(refused, Does.Contain("Retry-After: 30"));
        pages[0].Dispose();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        // That it has left shows when the server notices the closed connection.
        while (true)
        {
            using var late = await TryListenAsync("topic=job:*");
            if (late is not null)
                break;
            patience.Token.ThrowIfCancellationRequested();
        }

        pages.ForEach(page => page.Dispose());
    }

    [TestCase("", "topic", "1 to 20 topics")]
    [TestCase("topic=job", "topic", "a kind and a key")]
    [TestCase("topic=", "topic", "a kind and a key")]
    public async Task What_cannot_be_listened_to_is_refused(string query, string field, string allowed)
    {
        var answer = await RawHttp.GetAsync(lab.Server.AdminUrl, $"/events?{query}");
        Assert.That(RawHttp.Status(answer), Is.EqualTo(400));
        var detail = RawHttp.Json(answer)["errors"]![0]!["detail"]!;
        Assert.That(detail["field"]!.GetValue<string>(), Is.EqualTo(field));
        Assert.That(detail["allowed"]!.GetValue<string>(), Does.StartWith(allowed));
        var many = await RawHttp.GetAsync(lab.Server.AdminUrl, $"/events?{string.Join('&', Enumerable.Repeat("topic=job:1", 21))}");
        Assert.That(RawHttp.Status(many), Is.EqualTo(400));
    }

    private Task<Job> CreateAsync() => lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.Contact });

    /// <summary>Lets so much time pass, once the connection waits for it.</summary>
    private async Task PassAsync(TimeSpan span)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (lab.Clock.NextDue is not { } due || due > lab.Clock.GetUtcNow() + span)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await lab.PassAsync(span);
    }

    private async Task<EventReader> ListenAsync(string query) =>
        await TryListenAsync(query) ?? throw new InvalidOperationException("The server has no room.");

    private async Task<EventReader?> TryListenAsync(string query)
    {
        var reader = await EventReader.OpenAsync(lab.Server.AdminUrl, query);
        if (reader is null)
            return null;
        Assert.That(await reader.NextAsync(), Is.EqualTo("retry: 3000"));
        return reader;
    }

    /// <summary>Reads events as they come.</summary>
    private sealed class EventReader(TcpClient client, StreamReader lines) : IDisposable
    {
        public bool HasMore => client.Available > 0;

        /// <returns>Null when the server refuses.</returns>
        public static async Task<EventReader?> OpenAsync(Uri server, string query)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, server.Port, RunningServer.Patience());
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"GET /events?{query} HTTP/1.1\r\nHost: 127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)}\r\n{RawHttp.Authorization(server)}\r\n"), RunningServer.Patience());
            var lines = new StreamReader(stream);
            var status = await lines.ReadLineAsync(RunningServer.Patience());
            while (await lines.ReadLineAsync(RunningServer.Patience()) is { Length: > 0 })
            {
            }

            if (status!.Contains("200", StringComparison.Ordinal))
                return new EventReader(client, lines);
            client.Dispose();
            return null;
        }

        /// <summary>The next line of an event, or null at the end; lengths of chunks and empty lines are left out.</summary>
        public async Task<string?> NextAsync()
        {
            while (await lines.ReadLineAsync(RunningServer.Patience()) is { } line)
            {
                if (line.StartsWith(':') || line.Contains(": ", StringComparison.Ordinal))
                    return line;
                if (line == "0")
                    return null;
            }

            return null;
        }

        public void Dispose()
        {
            lines.Dispose();
            client.Dispose();
        }
    }
}
