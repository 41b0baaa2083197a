using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Items;

/// <summary>Checks a value against the type and range of its item.</summary>
internal static partial class ItemValue
{
    public static ItemFinding? Check(ItemDefinition definition, string value)
    {
        // Field: an empty value or the text NULL clears an item.
        if (value.Length == 0 || value == "NULL")
            return null;
        if (IsOfType(definition, value))
            return null;

        var shown = definition.IsSecret ? "***" : value.Length > 60 ? $"'{value[..60]}…'" : $"'{value}'";
        return new ItemFinding(ItemStatus.InvalidData, definition.Allowed, shown);
    }

    private static bool IsOfType(ItemDefinition definition, string value) => definition.Type switch
    {
        ItemType.Boolean => value.Equals("true", StringComparison.OrdinalIgnoreCase) || value.Equals("false", StringComparison.OrdinalIgnoreCase),
        ItemType.Number => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && !(number < definition.Minimum) && !(number > definition.Maximum),
        ItemType.Choice => definition.Choices.ContainsKey(value),
        ItemType.Host => value.Length <= (definition.MaximumLength ?? 255) && Uri.CheckHostName(value.Trim('[', ']')) != UriHostNameType.Unknown,
        ItemType.Mac => Mac().IsMatch(value),
        ItemType.Binary => IsBase64(value),
        ItemType.Certificate => value.StartsWith("-----BEGIN ", StringComparison.Ordinal) || IsBase64(value),
        ItemType.Url => Uri.TryCreate(value, UriKind.Absolute, out _),
        ItemType.DateTime => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        _ => !(value.Length > definition.MaximumLength),
    };

    private static bool IsBase64(string value) => Base64.IsValid(Encoding.UTF8.GetBytes(value));

    [GeneratedRegex("^[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}$")]
    private static partial Regex Mac();
}
