using System.Globalization;
using System.Text;
using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Captures;

/// <summary>What was on the wire in a case, as plain text for people; secrets are masked as in the report.</summary>
public static class TranscriptText
{
    /// <param name="entry">The case; null when the report does not describe it.</param>
    /// <param name="phone">The phone; null when the report does not describe it.</param>
    public static string Write(ResultEntry result, CaseEntry? entry, PhoneEntry? phone)
    {
        ArgumentNullException.ThrowIfNull(result);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{result.CaseId} {entry?.Title}\n");
        if (entry is not null)
            text.Append(CultureInfo.InvariantCulture, $"{entry.Requirement} (WPI guide p.{entry.Page}, section {entry.Section}, {entry.Level})\n");
        text.Append(CultureInfo.InvariantCulture, $"Phone: {result.PhoneId} {phone?.Model} {phone?.Firmware} {phone?.Mac}\n");
        text.Append(CultureInfo.InvariantCulture, $"Verdict: {ReportWriter.Word(result.Verdict)}\n");
        foreach (var (name, value) in new[] { ("Expected", result.Expected), ("Actual", result.Actual), ("Reason", result.Reason), ("Quirks", string.Join(' ', phone?.Quirks ?? [])) })
        {
            if (value.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\n");
        }

        for (var step = 0; step < result.Exchanges.Count; step++)
            Append(text, step + 1, result.Exchanges[step], step == 0 ? null : result.Exchanges[step - 1]);
        return text.ToString();
    }

    /// <summary>The messages in one line each.</summary>
    public static IEnumerable<string> Outline(ResultEntry result) => result.Exchanges.Select((exchange, step) => string.Create(
        CultureInfo.InvariantCulture, $"{step + 1,3}  {Offset(exchange, result.Exchanges[0])}  {exchange.RequestLabel} -> {exchange.ResponseLabel}"));

    private static string Offset(ExchangeEntry exchange, ExchangeEntry first) => string.Create(
        CultureInfo.InvariantCulture, $"+{(exchange.OffsetMilliseconds - first.OffsetMilliseconds) / 1000:0.000} s");

    private static void Append(StringBuilder text, int number, ExchangeEntry exchange, ExchangeEntry? before)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n==== {number}. {exchange.RequestLabel} -> {exchange.ResponseLabel}\n");
        text.Append(CultureInfo.InvariantCulture, $"     at {exchange.OffsetMilliseconds / 1000:0.000} s of the run, answered after {exchange.DurationMilliseconds:0.0} ms");
        if (before is not null)
            text.Append(CultureInfo.InvariantCulture, $", {(exchange.OffsetMilliseconds - before.OffsetMilliseconds) / 1000:0.000} s after the one before");
        text.Append('\n').Append($"     {exchange.Client} to {exchange.Server} {exchange.TlsVersion}".TrimEnd()).Append('\n');
        Append(text, '>', $"{exchange.Method} {exchange.Target} HTTP/1.1", exchange.RequestHeaders, exchange.RequestBody);
        if (exchange.Status is { } status)
            Append(text, '<', string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}"), exchange.ResponseHeaders, exchange.ResponseBody);
        else
            text.Append($"< no answer {exchange.Error}".TrimEnd()).Append('\n');
    }

    private static void Append(StringBuilder text, char side, string line, IReadOnlyList<HeaderEntry> headers, string body)
    {
        text.Append(CultureInfo.InvariantCulture, $"{side} {line}\n");
        foreach (var header in headers)
            text.Append(CultureInfo.InvariantCulture, $"{side} {header.Name}: {header.Value}\n");
        text.Append(side).Append('\n');
        if (body.Length == 0)
            return;
        foreach (var one in body.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
            text.Append(CultureInfo.InvariantCulture, $"{side} {one}\n");
    }
}
