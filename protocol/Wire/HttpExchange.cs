namespace OpenStage.Protocol.Wire;

/// <summary>
/// One HTTP exchange, kept as it was on the wire. Transcripts, reports, verdicts and logs are all made from this
/// record; nothing in it went through the message reader or writer.
/// </summary>
public sealed record HttpExchange
{
    /// <summary>Number of the exchange within one recorder, from 1, in order of arrival of the request.</summary>
    public required long Sequence { get; init; }

    public required ExchangeKind Kind { get; init; }

    /// <summary>MAC address of the phone in the form 00:1A:E8:00:00:01, or empty when it is not known.</summary>
    public string Mac { get; init; } = "";

    /// <summary>The interaction this exchange belongs to, or empty.</summary>
    public string Interaction { get; init; } = "";

    /// <summary>When the request arrived or left, counted from the start of the recorder.</summary>
    public required TimeSpan Offset { get; init; }

    /// <summary>From the request to the end of the response.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Address and port of the side that opened the connection.</summary>
    public string Client { get; init; } = "";

    /// <summary>Address and port of the side that was connected to.</summary>
    public string Server { get; init; } = "";

    public required string Method { get; init; }

    /// <summary>Request target as sent: path and query.</summary>
    public required string Target { get; init; }

    public IReadOnlyList<HttpHeader> RequestHeaders { get; init; } = [];

    public ReadOnlyMemory<byte> RequestBody { get; init; }

    /// <summary>HTTP status of the response; null when none came.</summary>
    public int? Status { get; init; }

    public IReadOnlyList<HttpHeader> ResponseHeaders { get; init; } = [];

    public ReadOnlyMemory<byte> ResponseBody { get; init; }

    /// <summary>TLS version of the connection such as Tls13, or empty for plain HTTP.</summary>
    public string TlsVersion { get; init; } = "";

    /// <summary>Why there was no complete response, or empty.</summary>
    public string Error { get; init; } = "";

    /// <summary>The value of a header, or null; names compare without case.</summary>
    public static string? Header(IReadOnlyList<HttpHeader> headers, string name)
    {
        foreach (var header in headers)
        {
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return header.Value;
        }

        return null;
    }
}
