using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Captures;

/// <summary>The exchanges of a case as an HTTP archive (HAR 1.2), which browsers' developer tools open.</summary>
public static class HarFile
{
    private const string Version = "HTTP/1.1";

    /// <summary>HAR's word for what is not known.</summary>
    private const int Unknown = -1;

    /// <param name="startedAt">What offsets count from.</param>
    public static byte[] Write(IReadOnlyList<ExchangeEntry> exchanges, DateTimeOffset startedAt, string toolVersion) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            Log = new
            {
                Version = "1.2",
                Creator = new { Name = "OpenStage provisioning test harness", Version = toolVersion },
                Entries = exchanges.Select(exchange => Entry(exchange, startedAt)),
                Comment = "Secrets are masked by ***; times are those of the lab's clock.",
            },
        }, ReportJson.Options);

    private static object Entry(ExchangeEntry exchange, DateTimeOffset startedAt) => new
    {
        StartedDateTime = (startedAt + TimeSpan.FromMilliseconds(exchange.OffsetMilliseconds)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        Time = exchange.DurationMilliseconds,
        Request = new
        {
            exchange.Method,
            Url = $"{(exchange.TlsVersion.Length > 0 ? "https" : "http")}://{(exchange.Server.Length > 0 ? exchange.Server : "unknown")}{exchange.Target}",
            HttpVersion = Version,
            Cookies = Array.Empty<object>(),
            Headers = exchange.RequestHeaders,
            QueryString = Query(exchange.Target),
            PostData = new { MimeType = ContentType(exchange.RequestHeaders), Text = exchange.RequestBody },
            HeadersSize = Unknown,
            BodySize = Encoding.UTF8.GetByteCount(exchange.RequestBody),
        },
        Response = new
        {
            // HAR has 0 where no answer came.
            Status = exchange.Status ?? 0,
            StatusText = exchange.Status is { } status ? ReasonPhrases.GetReasonPhrase(status) : "",
            HttpVersion = Version,
            Cookies = Array.Empty<object>(),
            Headers = exchange.ResponseHeaders,
            Content = new { Size = Encoding.UTF8.GetByteCount(exchange.ResponseBody), MimeType = ContentType(exchange.ResponseHeaders), Text = exchange.ResponseBody },
            RedirectURL = "",
            HeadersSize = Unknown,
            BodySize = Encoding.UTF8.GetByteCount(exchange.ResponseBody),
            Comment = exchange.Error,
        },
        Cache = new { },
        Timings = new { Send = 0, Wait = exchange.DurationMilliseconds, Receive = 0 },
        Connection = exchange.Client,
        Comment = $"{exchange.RequestLabel} -> {exchange.ResponseLabel}",
    };

    private static IEnumerable<object> Query(string target)
    {
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? [] : QueryHelpers.ParseQuery(target[mark..]).SelectMany(pair => pair.Value.Select(value => new { Name = pair.Key, Value = value ?? "" }));
    }

    private static string ContentType(IReadOnlyList<HeaderEntry> headers) =>
        headers.FirstOrDefault(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))?.Value ?? "";
}
