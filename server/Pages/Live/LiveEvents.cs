using System.Globalization;
using OpenStage.Server.Accounts;
using OpenStage.Server.Admin;

namespace OpenStage.Server.Pages.Live;

/// <summary>Server-sent events: tells an open page that something it shows has changed, and the page fetches itself anew.</summary>
internal sealed class LiveEvents(LiveTopics topics, TimeProvider time, CancellationToken stopping)
{
    /// <summary>Least time between two events to one page.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(250);

    /// <summary>After this time without an event a comment is sent, so that nothing on the way closes the connection.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private const int MostTopics = 20;
    private const int LongestTopic = 100;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/events", SendAsync)
        .ExcludeFromDescription().RequireAuthorization(AccessRules.Viewer);

    private async Task SendAsync(HttpContext context)
    {
        var wanted = Wanted(context.Request);
        using var listener = topics.Listen(wanted);
        if (listener is null)
        {
            context.Response.Headers.RetryAfter = "30";
            await ApiErrors.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "listeners",
                LiveTopics.MostListeners.ToString(CultureInfo.InvariantCulture), "fewer listeners than that; try again later");
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await WriteAsync(context.Response, "retry: 3000\n\n", end.Token);
            while (true)
            {
                var line = await NextAsync(listener, end.Token);
                await WriteAsync(context.Response, line, end.Token);
                await Task.Delay(Gap, time, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left, or the server stops.
        }
    }

    private async Task<string> NextAsync(LiveListener listener, CancellationToken end)
    {
        try
        {
            await listener.WaitAsync().WaitAsync(Heartbeat, time, end);
            return $"data: {string.Join(' ', listener.Take())}\n\n";
        }
        catch (TimeoutException)
        {
            return ":\n\n";
        }
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken end)
    {
        await response.WriteAsync(text, end);
        await response.Body.FlushAsync(end);
    }

    private static string[] Wanted(HttpRequest request)
    {
        string[] wanted = [.. request.Query["topic"].OfType<string>()];
        if (wanted.Length is 0 or > MostTopics)
            throw new RequestException("topic", wanted.Length.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"1 to {MostTopics} topics"));
        return Array.Find(wanted, topic => topic.Length is < 3 or > LongestTopic || !topic.Contains(':', StringComparison.Ordinal)) is { } wrong
            ? throw new RequestException("topic", wrong, string.Create(CultureInfo.InvariantCulture, $"a kind and a key such as job:12 or job:*, at most {LongestTopic} characters"))
            : wanted;
    }
}
