using System.Text;
using OpenStage.Protocol.Wire;

namespace OpenStage.Server.Transcripts;

/// <summary>An exchange as it may be shown or written to disk: secrets masked.</summary>
public sealed record TranscriptEntry
{
    public required long Sequence { get; init; }

    /// <summary>Message, ContactMe, Poll or Download.</summary>
    public required string Kind { get; init; }

    public required string Mac { get; init; }

    public required double OffsetSeconds { get; init; }

    public required double DurationSeconds { get; init; }

    public required string Client { get; init; }

    public required string Server { get; init; }

    public required string Method { get; init; }

    public required string Target { get; init; }

    public required IReadOnlyList<HttpHeader> RequestHeaders { get; init; }

    public required string RequestBody { get; init; }

    public int? Status { get; init; }

    public required IReadOnlyList<HttpHeader> ResponseHeaders { get; init; }

    public required string ResponseBody { get; init; }

    public required string TlsVersion { get; init; }

    public required string Error { get; init; }

    internal static TranscriptEntry Of(HttpExchange exchange) => new()
    {
        Sequence = exchange.Sequence,
        Kind = exchange.Kind.ToString(),
        Mac = exchange.Mac,
        OffsetSeconds = exchange.Offset.TotalSeconds,
        DurationSeconds = exchange.Duration.TotalSeconds,
        Client = exchange.Client,
        Server = exchange.Server,
        Method = exchange.Method,
        Target = exchange.Target,
        RequestHeaders = Mask(exchange.RequestHeaders),
        RequestBody = Mask(exchange.RequestBody),
        Status = exchange.Status,
        ResponseHeaders = Mask(exchange.ResponseHeaders),
        ResponseBody = Mask(exchange.ResponseBody),
        TlsVersion = exchange.TlsVersion,
        Error = exchange.Error,
    };

    private static IReadOnlyList<HttpHeader> Mask(IReadOnlyList<HttpHeader> headers) => [.. headers.Select(TranscriptMask.Mask)];

    private static string Mask(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(TranscriptMask.Mask(body));
}
