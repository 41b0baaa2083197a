using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using OpenStage.Harness.Comparison;
using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Explanations;

/// <summary>An exchange as lines that can be compared between phones and runs.</summary>
internal static class MessageLines
{
    /// <summary>Headers whose value is another one each time.</summary>
    private static readonly string[] Passing = ["host", "content-length", "date", "cookie", "set-cookie"];

    /// <summary>
    /// First lines, headers, and one line an element; nonces are left out, and the MAC, addresses, model and firmware of the
    /// phone are named, not told. Of a message that the phone starts only the names of items count: it says what the phone is.
    /// </summary>
    /// <param name="phone">The phone; null when the report does not describe it.</param>
    public static IReadOnlyList<string> Of(ExchangeEntry exchange, RunReport run, PhoneEntry? phone)
    {
        var isFirst = exchange.Kind == "message" && !exchange.RequestLabel.StartsWith("reply-to", StringComparison.Ordinal);
        return
        [
            .. Lines("phone", $"{exchange.Method} {Neutral(exchange.Target)}", exchange.RequestHeaders, exchange.RequestBody, isFirst),
            .. Lines("answer", exchange.Status is { } status ? status.ToString(CultureInfo.InvariantCulture) : $"none {exchange.Error}", exchange.ResponseHeaders, exchange.ResponseBody, namesOnly: false),
        ];

        string Neutral(string text) => phone is null ? text : ToldItems.Neutral(text, phone)
            .Replace(phone.Model, "(model)", StringComparison.Ordinal).Replace(phone.Firmware, "(firmware)", StringComparison.Ordinal);

        IEnumerable<string> Lines(string side, string first, IReadOnlyList<HeaderEntry> headers, string body, bool namesOnly) =>
        [
            $"{side}: {first}",
            .. headers.Select(header => $"{side}: {header.Name}{(Passing.Contains(header.Name.ToLowerInvariant()) ? "" : $": {Neutral(header.Value)}")}"),
            .. Body(body, namesOnly).Select(line => $"{side}: {Neutral(line)}"),
        ];
    }

    private static string[] Body(string body, bool namesOnly)
    {
        try
        {
            using var xml = XmlReader.Create(new StringReader(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return [.. XDocument.Load(xml).Descendants().Select(element => Line(element, namesOnly))];
        }
        catch (XmlException)
        {
            return body.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    private static string Line(XElement element, bool namesOnly)
    {
        var attributes = string.Concat(element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration && attribute.Name.LocalName != "nonce")
            .OrderBy(attribute => attribute.Name.LocalName, StringComparer.Ordinal).Select(attribute => $" {attribute.Name.LocalName}=\"{attribute.Value}\""));
        var text = element.HasElements || (namesOnly && element.Name.LocalName == "Item") ? "" : $" {element.Value.Trim()}".TrimEnd();
        return $"<{element.Name.LocalName}{attributes}>{text}";
    }
}
