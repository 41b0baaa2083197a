using System.IO.Compression;
using System.Text.Json;

namespace OpenStage.Harness.Reports;

/// <summary>
/// The messages of one phone for the page, packed with gzip: the page unpacks them when somebody opens a result, so
/// that hundreds of phones cost no time before. The order of an exchange's values is that of the names in data.js.
/// </summary>
internal static class PageMessages
{
    /// <returns>Base64.</returns>
    public static string Pack(RunReport report, PhoneEntry phone, JsonSerializerOptions form)
    {
        var texts = new TextTable();
        var cases = PageData.Numbers(report.Cases.Select(entry => entry.Id));
        var knowledge = new ItemKnowledge();
        var results = report.Results.Where(result => result.PhoneId == phone.Id)
            .Select(result => new object[] { cases[result.CaseId], result.Exchanges.Select(exchange => Row(exchange, knowledge, texts)).ToList() }).ToList();

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            JsonSerializer.Serialize(gzip, new { Results = results, texts.Texts }, form);
        return Convert.ToBase64String(packed.ToArray());
    }

    private static object[] Row(ExchangeEntry exchange, ItemKnowledge knowledge, TextTable texts)
    {
        var (learnt, asked) = knowledge.Read(exchange);
        return
        [
            exchange.Kind == "contact-me" ? 1 : 0,
            exchange.OffsetMilliseconds,
            exchange.DurationMilliseconds,
            texts.Add(exchange.Client),
            texts.Add(exchange.Server),
            texts.Add(exchange.Method),
            texts.Add(exchange.Target),
            texts.Add(exchange.RequestLabel),
            texts.Add(exchange.ResponseLabel),
            texts.Add(Lines(exchange.RequestHeaders)),
            texts.Add(exchange.RequestBody),
            exchange.Status ?? 0,
            texts.Add(Lines(exchange.ResponseHeaders)),
            texts.Add(exchange.ResponseBody),
            texts.Add(exchange.TlsVersion),
            texts.Add(exchange.Error),
            Numbers(learnt, texts),
            Numbers(asked, texts),
        ];
    }

    private static string Lines(IReadOnlyList<HeaderEntry> headers) => string.Join('\n', headers.Select(header => $"{header.Name}: {header.Value}"));

    private static IEnumerable<int> Numbers(IReadOnlyList<KnownItem> items, TextTable texts) =>
        [.. items.SelectMany(item => new[] { texts.Add(item.Name), texts.Add(item.Index), texts.Add(item.Value) })];
}
