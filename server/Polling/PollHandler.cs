using System.Diagnostics;
using System.Globalization;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Devices;
using OpenStage.Server.PhoneEndpoint;
using OpenStage.Server.Storage;
using OpenStage.Server.Transcripts;

namespace OpenStage.Server.Polling;

/// <summary>
/// Answers polls by their status alone: 202 when the phone is to call, else 200 (WPI guide p.15, p.24). All it knows is in
/// the store, so any node can answer.
/// </summary>
internal sealed partial class PollHandler(
    Database database, ExchangeInspection inspection, ServerOptions options, TimeProvider time, Activity activity, ILogger logger)
{
    /// <summary>End of the path; what comes before depends on the proxies in between.</summary>
    public const string Path = "/dcmp/contact-me";

    private const string DeviceId = "device-id";

    public async Task HandleAsync(HttpContext context)
    {
        using var running = activity.Begin();
        var begun = Stopwatch.GetTimestamp();
        var request = PhoneRequest.Of(context);
        var exchange = new HttpExchange
        {
            Sequence = inspection.NextSequence(),
            Kind = ExchangeKind.Poll,
            Offset = inspection.Offset,
            Client = request.Peer.Client,
            Server = request.Peer.Server,
            Method = request.Method,
            Target = request.Target,
            RequestHeaders = request.Headers,
        };
        var (status, mac) = Answer(context.Request);

        var response = context.Response;
        response.StatusCode = status;
        response.Headers.Date = time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        if (status == StatusCodes.Status405MethodNotAllowed)
            response.Headers.Allow = HttpMethods.Get;
        response.ContentLength = 0;
        List<HttpHeader> headers = [.. response.Headers.SelectMany(header => header.Value.Select(value => new HttpHeader(header.Key, value ?? "")))];
        inspection.Add(exchange with { Mac = mac, Status = status, ResponseHeaders = headers, Duration = Stopwatch.GetElapsedTime(begun) });
        await response.CompleteAsync();
    }

    private (int Status, string Mac) Answer(HttpRequest request)
    {
        if (!(request.Path.Value ?? "").EndsWith(Path, StringComparison.Ordinal))
            return (StatusCodes.Status404NotFound, "");
        if (!HttpMethods.IsGet(request.Method))
            return (StatusCodes.Status405MethodNotAllowed, "");
        var ids = request.Query[DeviceId];
        if (ids.Count != 1 || !MacAddress.TryNormalise(ids[0], out var mac))
            return (StatusCodes.Status400BadRequest, "");
        try
        {
            return (Poll(mac) ? StatusCodes.Status202Accepted : StatusCodes.Status200OK, mac);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            LogFailed(logger, mac, broken);
            return (StatusCodes.Status503ServiceUnavailable, mac);
        }
    }

    private bool Poll(string mac)
    {
        var now = time.GetUtcNow();
        var (device, jobs, interaction) = database.Read(session => (session.Device(mac), session.OpenJobs(mac), session.InteractionOf(mac)));
        if (device is null)
            return false;
        if (PollDecision.IsToRecord(device, now))
            Record(mac, now);
        return PollDecision.HasWork(jobs, interaction, options.ReplyTimeout, now);
    }

    private void Record(string mac, DateTimeOffset now) => database.Write(mac, session =>
    {
        // Read again: between the two another message of the phone may have changed what is known of it.
        if (session.Device(mac) is { } device)
            session.Save(device with { LastPoll = now });
        return true;
    });

    [LoggerMessage(1211, LogLevel.Error, "{Mac}: a poll could not be answered")]
    private static partial void LogFailed(ILogger logger, string mac, Exception exception);
}
