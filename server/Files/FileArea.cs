using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Deployment;
using OpenStage.Server.Jobs;
using OpenStage.Server.PhoneEndpoint;
using OpenStage.Server.Storage;
using OpenStage.Server.Telemetry;
using OpenStage.Server.Transcripts;

namespace OpenStage.Server.Files;

/// <summary>The part of the phones' HTTPS port that they fetch files from (WPI guide p.52-57).</summary>
internal sealed partial class FileArea(
    Database database, FileLibrary library, JobQueue queue, ExchangeInspection inspection, TimeProvider time,
    Activity activity, ServerMetrics metrics, ILogger logger, CancellationToken stopping)
{
    /// <summary>Bytes handed over at once: the least rate is counted for each, so that a reader that stands still is noticed soon.</summary>
    private const int SliceBytes = 64 * 1024;

    private readonly FileLinks links = new(database.Vault);

    public static bool Covers(HttpContext context) => FileTarget.Covers(RawTarget(context)) || FileTarget.Covers(context.Request.Path.Value ?? "");

    public async Task HandleAsync(HttpContext context)
    {
        var begun = Stopwatch.GetTimestamp();
        var request = PhoneRequest.Of(context);
        var exchange = new HttpExchange
        {
            Sequence = inspection.NextSequence(),
            Kind = ExchangeKind.Download,
            Offset = inspection.Offset,
            Client = request.Peer.Client,
            Server = request.Peer.Server,
            Method = request.Method,
            Target = FileTarget.Masked(RawTarget(context)),
            RequestHeaders = request.Headers,
            TlsVersion = request.Peer.TlsVersion,
        };
        try
        {
            exchange = await AnswerAsync(context, request, exchange);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            LogFailed(logger, request.Peer.Client, broken);
            // Another node may have the store.
            var isLost = broken is DbException;
            exchange = exchange with { Status = isLost ? 503 : 500, ResponseHeaders = [], Error = isLost ? "the store cannot be reached" : "an error of the server" };
            if (context.Response.HasStarted)
            {
                context.Abort();
            }
            else
            {
                context.Response.Clear();
                context.Response.StatusCode = exchange.Status.Value;
            }
        }

        inspection.Add(exchange with { Duration = Stopwatch.GetElapsedTime(begun) });
    }

    private async Task<HttpExchange> AnswerAsync(HttpContext context, PhoneRequest request, HttpExchange exchange)
    {
        Download? found;
        using (activity.Begin())
            found = Find(request.Method, RawTarget(context));
        var response = context.Response;
        response.Headers.Date = time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        if (found is null)
        {
            LogRefused(logger, request.Peer.Client, exchange.Method, exchange.Target);
            metrics.Download("refused", 0);
            return await RefuseAsync(context, exchange);
        }

        exchange = exchange with { Mac = found.Job.Mac };
        var file = found.File;
        var tag = $"\"{file.Sha256}\"";
        var range = ByteRange.Read(AskedRange(request, tag), file.Size);
        response.StatusCode = range is null ? 416 : range.Value.IsPart ? 206 : 200;
        response.ContentLength = range?.Length ?? 0;
        response.Headers.AcceptRanges = "bytes";
        response.Headers.ETag = tag;
        if (range is null)
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{file.Size}");
        else if (range.Value.IsPart)
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {range.Value.First}-{range.Value.Last}/{file.Size}");
        if (range is not null)
            response.ContentType = "application/octet-stream";
        exchange = exchange with { Status = response.StatusCode, ResponseHeaders = Headers(response) };
        if (range is null || request.Method == "HEAD")
            return exchange;

        var (sent, isWhole) = await SendAsync(context, file, range.Value);
        metrics.Download(isWhole ? "done" : "broken-off", sent);
        using (activity.Begin())
            Note(found, range.Value, sent, isWhole, request.Peer.Address);
        return isWhole ? exchange : exchange with { Error = string.Create(CultureInfo.InvariantCulture, $"broken off after {sent} bytes") };
    }

    /// <summary>The range that is asked for, or empty. A phone that goes on with a part of another content gets the whole.</summary>
    private static string AskedRange(PhoneRequest request, string tag) =>
        request.Method == "GET" && (HttpExchange.Header(request.Headers, "If-Range") ?? tag).Trim() == tag
            ? HttpExchange.Header(request.Headers, "Range") ?? ""
            : "";

    /// <summary>The file that is asked for, or null; which of the reasons it was is told to nobody.</summary>
    private Download? Find(string method, string target)
    {
        if (method is not ("GET" or "HEAD") || FileTarget.Parse(target) is not { } asked)
            return null;
        return database.Read(session =>
        {
            if (session.Job(asked.Job) is not { } job || job.State.IsFinal() || job.Files.Count <= asked.Index)
                return null;
            var planned = job.Files[asked.Index];
            return planned is { Action: FileAction.Deploy, File: { } id } && planned.Name == asked.Name && links.IsToken(job, asked.Index, asked.Token)
                && session.File(id) is { } file
                ? new Download(job, planned.Name, file)
                : null;
        });
    }

    private static async Task<HttpExchange> RefuseAsync(HttpContext context, HttpExchange exchange)
    {
        var response = context.Response;
        var text = "Nothing here.\n"u8.ToArray();
        response.StatusCode = 404;
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = text.Length;
        exchange = exchange with { Status = 404, ResponseHeaders = Headers(response), ResponseBody = text };
        if (HttpMethods.IsHead(context.Request.Method))
            return exchange;
        try
        {
            await response.Body.WriteAsync(text, context.RequestAborted);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            context.Abort();
        }

        return exchange;
    }

    /// <returns>Bytes that were handed over, and whether that was all and the phone was still there.</returns>
    private async Task<(long Sent, bool IsWhole)> SendAsync(HttpContext context, LibraryFile file, ByteRange range)
    {
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var link = context.Features.Get<PhoneLink>();
        long sent = 0;
        try
        {
            while (sent < range.Length)
            {
                var place = range.First + sent;
                var chunk = await library.ChunkAsync(file.Id, (int)(place / FileLibrary.ChunkBytes), abort.Token)
                    ?? throw new IOException("The file was deleted.");
                var start = (int)(place % FileLibrary.ChunkBytes);
                var end = (int)Math.Min(chunk.Length, start + range.Length - sent);
                if (end <= start)
                    throw new InvalidDataException($"A chunk of file {file.Id} is shorter than it was.");
                for (int count; start < end; start += count, sent += count)
                {
                    count = Math.Min(SliceBytes, end - start);
                    var flushed = await context.Response.BodyWriter.WriteAsync(chunk.AsMemory(start, count), abort.Token);
                    // Nobody takes it any more; what is written now would count as sent before the abort is told. A phone
                    // that has all of it may be gone by now.
                    if (flushed.IsCompleted || (link is { IsBroken: true } && sent + count < range.Length))
                        throw new IOException("The phone is gone.");
                }
            }

            await context.Response.CompleteAsync();
            abort.Token.ThrowIfCancellationRequested();
            return (sent, true);
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            context.Abort();
            return (sent, false);
        }
    }

    private void Note(Download download, ByteRange range, long sent, bool isWhole, string address)
    {
        var size = download.File.Size;
        var what = range.IsPart
            ? string.Create(CultureInfo.InvariantCulture, $"bytes {range.First}-{range.Last} of {size}")
            : string.Create(CultureInfo.InvariantCulture, $"all {size} bytes");
        var text = isWhole
            ? $"{download.Name}: {what} sent to {address}"
            : string.Create(CultureInfo.InvariantCulture, $"{download.Name}: {what} to {address} broken off after {sent}");
        var job = database.Write(download.Job.Mac, session =>
        {
            // As it is by now: the phone may have reported meanwhile.
            var noted = session.Job(download.Job.Id)!.Note(time.GetUtcNow(), text);
            session.Save(noted);
            return noted;
        });
        queue.Publish([job]);
        LogSent(logger, job.Mac, job.Id, text);
    }

    private static string RawTarget(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private static List<HttpHeader> Headers(HttpResponse response) =>
        [.. response.Headers.SelectMany(header => header.Value.Select(value => new HttpHeader(header.Key, value ?? "")))];

    [LoggerMessage(1201, LogLevel.Error, "{Client}: a request for a file could not be handled")]
    private static partial void LogFailed(ILogger logger, string client, Exception exception);

    [LoggerMessage(1202, LogLevel.Warning, "{Client}: {Method} {Target} is no file of an open job")]
    private static partial void LogRefused(ILogger logger, string client, string method, string target);

    [LoggerMessage(1203, LogLevel.Information, "{Mac} job {Job}: {What}")]
    private static partial void LogSent(ILogger logger, string mac, long job, string what);

    private sealed record Download(Job Job, string Name, LibraryFile File);
}
