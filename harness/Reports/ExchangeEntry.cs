using System.Globalization;
using System.Text;
using System.Text.Unicode;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.Reports;

/// <summary>An HTTP exchange as a report shows it: texts instead of bytes, secrets masked.</summary>
public sealed record ExchangeEntry
{
    /// <summary>message or contact-me.</summary>
    public required string Kind { get; init; }

    /// <summary>From the start of the lab.</summary>
    public required double OffsetMilliseconds { get; init; }

    public required double DurationMilliseconds { get; init; }

    public string Client { get; init; } = "";

    public string Server { get; init; } = "";

    public required string Method { get; init; }

    public required string Target { get; init; }

    /// <summary>What was asked, in a few words, such as reply-to WriteItems busy.</summary>
    public required string RequestLabel { get; init; }

    /// <summary>What was answered, in a few words, such as CleanUp + send-solicited.</summary>
    public required string ResponseLabel { get; init; }

    public IReadOnlyList<HeaderEntry> RequestHeaders { get; init; } = [];

    public string RequestBody { get; init; } = "";

    /// <summary>HTTP status; null when no answer came.</summary>
    public int? Status { get; init; }

    public IReadOnlyList<HeaderEntry> ResponseHeaders { get; init; } = [];

    public string ResponseBody { get; init; } = "";

    /// <summary>TLS version of the connection, or empty.</summary>
    public string TlsVersion { get; init; } = "";

    public string Error { get; init; } = "";

    /// <summary>The entry of a raw exchange.</summary>
    public static ExchangeEntry From(HttpExchange exchange) => new()
    {
        Kind = exchange.Kind == ExchangeKind.ContactMe ? "contact-me" : "message",
        OffsetMilliseconds = Math.Round(exchange.Offset.TotalMilliseconds, 1),
        DurationMilliseconds = Math.Round(exchange.Duration.TotalMilliseconds, 1),
        Client = exchange.Client,
        Server = exchange.Server,
        Method = exchange.Method,
        Target = exchange.Target,
        RequestLabel = exchange.Kind == ExchangeKind.ContactMe ? "contact-me" : MessageLabel.OfRequest(exchange.RequestBody),
        ResponseLabel = exchange.Status is not { } status ? "no answer"
            : exchange.Kind == ExchangeKind.ContactMe || exchange.ResponseBody.Length == 0 ? status.ToString(CultureInfo.InvariantCulture)
            : MessageLabel.OfResponse(exchange.ResponseBody),
        RequestHeaders = Masked(exchange.RequestHeaders),
        RequestBody = Text(exchange.RequestBody),
        Status = exchange.Status,
        ResponseHeaders = Masked(exchange.ResponseHeaders),
        ResponseBody = Text(exchange.ResponseBody),
        TlsVersion = exchange.TlsVersion,
        Error = exchange.Error,
    };

    private static IReadOnlyList<HeaderEntry> Masked(IReadOnlyList<HttpHeader> headers) =>
        [.. headers.Select(TranscriptMask.Mask).Select(header => new HeaderEntry(header.Name, header.Value))];

    /// <summary>The masked body; bytes that are no UTF-8 are shown as \xNN.</summary>
    private static string Text(ReadOnlyMemory<byte> body)
    {
        var rest = TranscriptMask.Mask(body).AsSpan();
        if (Utf8.IsValid(rest))
            return Encoding.UTF8.GetString(rest);
        var text = new StringBuilder(rest.Length);
        while (rest.Length > 0)
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var used) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                used = 1;
                text.Append(CultureInfo.InvariantCulture, $"\\x{rest[0]:X2}");
            }

            rest = rest[used..];
        }

        return text.ToString();
    }
}
