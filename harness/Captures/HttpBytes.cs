using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using OpenStage.Harness.Recording;
using OpenStage.Harness.Reports;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.Captures;

/// <summary>The masked messages of an exchange as HTTP/1.1 has them on the wire; Content-Length is that of the masked body.</summary>
internal static class HttpBytes
{
    public static byte[] Request(ExchangeEntry exchange) =>
        Bytes($"{exchange.Method} {exchange.Target} HTTP/1.1", exchange.RequestHeaders, exchange.RequestBody);

    /// <summary>The response; empty when none came.</summary>
    public static byte[] Response(ExchangeEntry exchange) => exchange.Status is not { } status ? []
        : Bytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {ReasonPhrases.GetReasonPhrase(status)}"), exchange.ResponseHeaders, exchange.ResponseBody);

    // Headers are Latin-1 on the wire, in which the ellipsis of a masked cookie is missing.
    private static byte[] Bytes(string line, IReadOnlyList<HeaderEntry> headers, string body) => HttpSide.Write(new RawMessage(
        line, [.. headers.Select(header => new HttpHeader(header.Name, header.Value.Replace("…", "...", StringComparison.Ordinal)))], Encoding.UTF8.GetBytes(body)));
}
