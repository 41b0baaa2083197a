using System.Globalization;
using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Tests.Captures;

/// <summary>What a phone and a server said to each other, in all the ways that a capture has to show.</summary>
internal static class SampleExchanges
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    /// <summary>More than one TLS record and many segments.</summary>
    public static readonly string Long = $"<WorkpointMessage>{string.Concat(Enumerable.Range(0, 3000).Select(number => string.Create(CultureInfo.InvariantCulture, $"<Item index=\"{number}\"/>")))}</WorkpointMessage>";

    /// <summary>A contact-me, two messages on one TLS connection, one in chunks on another, and one that got no answer.</summary>
    public static IReadOnlyList<ExchangeEntry> All { get; } =
    [
        Message(1000, "lab", "ContactMe=true", 204, "") with { Kind = "contact-me", Server = "127.20.0.1:8085", TlsVersion = "", Target = "/contact_dls.html/ContactDLS?a=b" },
        Message(2000, "127.20.0.1:40001", Long, 200, "<DLSMessage>ü***</DLSMessage>"),
        Message(2500, "127.20.0.1:40001", "<WorkpointMessage>2</WorkpointMessage>", 200, Long) with { DurationMilliseconds = 700 },
        Message(2600, "127.20.0.2:40001", "<WorkpointMessage>3</WorkpointMessage>", 200, "<DLSMessage>chunks</DLSMessage>") with { ResponseHeaders = [new HeaderEntry("Transfer-Encoding", "chunked")] },
        Message(4000, "[::1]:40002", "<WorkpointMessage>4</WorkpointMessage>", null, "") with { Server = "[::1]:18443", Error = "reset by peer" },
    ];

    /// <summary>Content-Length is what it was before secrets were masked, as in a report.</summary>
    private static ExchangeEntry Message(double offset, string client, string request, int? status, string response) => new()
    {
        Kind = "message",
        OffsetMilliseconds = offset,
        DurationMilliseconds = 1.5,
        Client = client,
        Server = "127.0.0.1:18443",
        Method = "POST",
        Target = "/DeploymentService/LoginService",
        RequestLabel = "a request",
        ResponseLabel = "an answer",
        RequestHeaders = [new HeaderEntry("Host", "127.0.0.1:18443"), new HeaderEntry("Content-Type", "text/xml"), new HeaderEntry("Content-Length", "7"), new HeaderEntry("Cookie", "JSESSIONID=F2F7…")],
        RequestBody = request,
        Status = status,
        ResponseHeaders = status is null ? [] : [new HeaderEntry("Content-Type", "text/xml"), new HeaderEntry("Content-Length", "99999")],
        ResponseBody = response,
        TlsVersion = "Tls13",
    };
}
