using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;
using OpenStage.Protocol.Xml;
using OpenStage.Server.Files;
using OpenStage.Server.Observations;
using OpenStage.Server.Telemetry;
using OpenStage.Server.Transcripts;

namespace OpenStage.Server.PhoneEndpoint;

/// <summary>Takes HTTP requests of phones and sends the answers (WPI guide p.12-14).</summary>
internal sealed partial class PhoneRequestHandler(
    PhoneDialogue dialogue, FileArea files, ExchangeInspection inspection, ObservationBook book, ServerOptions options,
    TimeProvider time, Activity activity, ServerMetrics metrics, ServerTraces traces, ILogger logger, CancellationToken stopping)
{
    public Task HandleAsync(HttpContext context) => FileArea.Covers(context) ? files.HandleAsync(context) : ExchangeAsync(context);

    private async Task ExchangeAsync(HttpContext context)
    {
        using var thinking = new Thinking(activity);
        using var span = traces.Message();
        var begun = Stopwatch.GetTimestamp();
        var request = PhoneRequest.Of(context);
        var exchange = new HttpExchange
        {
            Sequence = inspection.NextSequence(),
            Kind = ExchangeKind.Message,
            Offset = inspection.Offset,
            Client = request.Peer.Client,
            Server = request.Peer.Server,
            Method = request.Method,
            Target = request.Target,
            RequestHeaders = request.Headers,
            TlsVersion = request.Peer.TlsVersion,
        };
        try
        {
            (request, var answer) = await AnswerAsync(context, request, thinking);
            exchange = exchange with { RequestBody = request.Body, Mac = answer.Mac, Interaction = answer.Cookie };
            exchange = exchange with { Duration = Stopwatch.GetElapsedTime(begun) };
            metrics.Message(answer.Reason, answer.Action, answer.Status, exchange.Duration);
            span?.SetTag(ServerTraces.Mac, answer.Mac).SetTag("openstage.reason", answer.Reason).SetTag("openstage.action", answer.Action)
                .SetTag("http.response.status_code", answer.Status);
            await SendAsync(context, request, answer, exchange);
        }
        catch (Exception broken) when (broken is OperationCanceledException or IOException or BadHttpRequestException)
        {
            inspection.Add(exchange with { RequestBody = request.Body, Error = broken.Message });
            context.Abort();
        }
        catch (DbException lost)
        {
            // The phone repeats its message; another node may have the store.
            LogFailed(logger, request.Peer.Client, lost);
            inspection.Add(exchange with { RequestBody = request.Body, Status = 503, Error = "the store cannot be reached" });
            if (!context.Response.HasStarted)
                context.Response.StatusCode = 503;
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            metrics.Message("", "", StatusCodes.Status500InternalServerError, Stopwatch.GetElapsedTime(begun));
            span?.SetStatus(ActivityStatusCode.Error, broken.GetType().Name);
            LogFailed(logger, request.Peer.Client, broken);
            inspection.Add(exchange with { RequestBody = request.Body, Status = 500, Error = "an error of the server" });
            if (!context.Response.HasStarted)
                context.Response.StatusCode = 500;
        }
    }

    private async Task<(PhoneRequest Request, PhoneAnswer Answer)> AnswerAsync(
        HttpContext context, PhoneRequest request, Thinking thinking)
    {
        if (!options.PhonePaths.Contains(request.Path, StringComparer.Ordinal))
        {
            book.Add("", new Observation("path", string.Join(" or ", options.PhonePaths), Short(request.Path), 14));
            return (request, PhoneAnswer.Text(404, "Nothing here. Phones post to the path of the provisioning service.\n"));
        }

        if (request.Method != "POST")
            return (request, PhoneAnswer.Text(405, "Phones POST.\n") with { Allow = "POST" });

        if (await ReadBodyAsync(context.Request) is not { } body)
        {
            book.Add("", new Observation("message-too-large", $"at most {MessageLimits.HardMaxBytes} bytes", "more", 69));
            return (request, PhoneAnswer.Text(413, "The message is too large.\n") with { Close = true });
        }

        request = request with { Body = body };
        return (request, await dialogue.AnswerAsync(
            request, thinking.Begin, () => CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping)));
    }

    /// <summary>The body, or null when it is larger than any message may be.</summary>
    private static async Task<byte[]?> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength > MessageLimits.HardMaxBytes)
            return null;
        if (request.ContentLength is { } length)
        {
            var told = GC.AllocateUninitializedArray<byte>((int)length);
            var filled = 0;
            while (filled < told.Length && await request.Body.ReadAsync(told.AsMemory(filled)) is > 0 and var came)
                filled += came;
            // The web server has seen to it that as much comes as was said.
            return told;
        }

        using var body = new MemoryStream(4096);
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer)) > 0)
        {
            if (body.Length + read > MessageLimits.HardMaxBytes)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private async Task SendAsync(HttpContext context, PhoneRequest request, PhoneAnswer answer, HttpExchange exchange)
    {
        if (answer.Abort)
        {
            inspection.Add(exchange with { Error = "dropped by the script" });
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers.Date = time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        if (answer.ContentType.Length > 0)
            response.Headers.ContentType = answer.ContentType;
        if (answer.SetCookie)
            response.Headers.SetCookie = SessionCookie.Write(answer.Cookie, request.Path);
        if (answer.Allow.Length > 0)
            response.Headers.Allow = answer.Allow;
        if (answer.Close)
            response.Headers.Connection = "close";
        // Firmware up to V2R2 cannot take chunks (p.12): always Content-Length, unless a script asks for chunks.
        if (!answer.Chunked && answer.Status is not 204 and not 304)
            response.ContentLength = answer.Body.Length;
        var headers = PhoneRequest.HeadersOf(response.Headers);
        if (answer.Chunked)
            headers.Add(new HttpHeader("Transfer-Encoding", "chunked"));

        // Taken down before it leaves, so that no log ever shows the phone's next message before this answer.
        inspection.Add(exchange with { Status = answer.Status, ResponseHeaders = headers, ResponseBody = answer.Body });
        try
        {
            if (answer.Body.Length > 0 && answer.Status is not 204 and not 304)
                await response.Body.WriteAsync(answer.Body, CancellationToken.None);
            await response.CompleteAsync();
            if (answer.Close)
                context.Features.Get<PhoneConnection>()?.EndReading();
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            // The phone is gone; it will repeat its message, and get the same answer.
            context.Abort();
        }
    }

    private static string Short(string text) => text.Length <= 80 ? text : text[..80];

    [LoggerMessage(1003, LogLevel.Error, "{Client}: a message could not be handled")]
    private static partial void LogFailed(ILogger logger, string client, Exception exception);

    /// <summary>
    /// The work on one request. While a script thinks, the server has nothing to do: virtual time may go by. What comes
    /// after counts as work again.
    /// </summary>
    private sealed class Thinking(Activity activity) : IDisposable
    {
        private Activity.Running running = activity.Begin();

        public IDisposable Begin()
        {
            running.Dispose();
            return new Over(this);
        }

        public void Dispose() => running.Dispose();

        private sealed class Over(Thinking thinking) : IDisposable
        {
            public void Dispose() => thinking.Again();
        }

        private void Again() => running = activity.Begin();
    }
}
