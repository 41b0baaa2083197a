using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenStage.Protocol.Items;
using OpenStage.Server.Admin;

namespace OpenStage.Server.Audit;

/// <summary>
/// A few words on what a request wants. Of most fields only the name is told: which text is a secret cannot be known
/// in general, so that texts and numbers are told of fields that are known to hold none.
/// </summary>
internal static partial class AuditSummary
{
    private const int LongestText = 60;
    private const int MostItems = 10;

    private static readonly FrozenSet<string> Plain = new[]
    {
        "kind", "mac", "name", "role", "account", "model", "firmware", "location", "state", "type", "level", "match", "version", "vendor",
        "filename", "language", "timezone", "interface", "extension-number", "preferred-transport", "not-before", "expires", "from", "to",
        "id", "rate", "at-once", "priority", "port", "lifetime-seconds", "index", "size",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="body">A JSON body, whole.</param>
    public static string OfJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? string.Join(", ", document.RootElement.EnumerateObject().Select(Told))
                : "";
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // No JSON, or half a surrogate pair in it: the endpoint has refused it too.
            return "";
        }
    }

    /// <summary>Of a form of our pages.</summary>
    public static string OfForm(IFormCollection form) => string.Join(", ", form
        .Where(field => !field.Key.StartsWith('_'))
        .Select(field => Plain.Contains(Words(field.Key)) ? $"{field.Key}={Cut(field.Value.ToString())}" : field.Key));

    private static string Told(JsonProperty property)
    {
        var name = property.Name.Length <= LongestText ? property.Name : property.Name[..LongestText];
        var words = Words(name);
        return property.Value.ValueKind switch
        {
            JsonValueKind.Null => $"{name}=null",
            JsonValueKind.Array when words == "items" => $"{name}: {Items(property.Value)}",
            JsonValueKind.Array => string.Create(CultureInfo.InvariantCulture, $"{name}: {property.Value.GetArrayLength()}"),
            JsonValueKind.True or JsonValueKind.False => $"{name}={(property.Value.GetBoolean() ? "true" : "false")}",
            JsonValueKind.Number when Plain.Contains(words) => $"{name}={Cut(property.Value.GetRawText())}",
            JsonValueKind.String when Plain.Contains(words) => $"{name}={Cut(property.Value.GetString()!)}",
            _ => name,
        };
    }

    /// <summary>Names and values of items, as they may be shown.</summary>
    private static string Items(JsonElement items)
    {
        var told = items.EnumerateArray().Take(MostItems).Select(item =>
            item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
                ? Item(name.GetString()!, item.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "")
                : "?");
        return string.Join(' ', told) + (items.GetArrayLength() > MostItems ? string.Create(CultureInfo.InvariantCulture, $" … ({items.GetArrayLength()})") : "");
    }

    // Of a name that the catalogue does not know, who can say whether its value is a secret?
    private static string Item(string name, string value) => value.Length == 0
        ? Cut(name)
        : $"{Cut(name)}={(ItemCatalogue.Default.TryGet(name, out _) ? Cut(ItemView.Masked(name, value)) : "***")}";

    private static string Cut(string text)
    {
        var line = new StringBuilder(LongestText + 1);
        foreach (var character in text)
        {
            if (line.Length == LongestText)
                return line.Append('…').ToString();
            line.Append(char.IsControl(character) ? ' ' : character);
        }

        return line.ToString();
    }

    /// <summary>notBefore and not_before as not-before, so that words such as pin are seen.</summary>
    private static string Words(string name) => Border().Replace(name, "-").Replace('_', '-').ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Border();
}
