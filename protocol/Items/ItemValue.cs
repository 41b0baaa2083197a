using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Items;

/// <summary>Checks a value against the type and range of its item.</summary>
internal static partial class ItemValue
{
    private const int MostShown = 60;

    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789.");

    public static ItemFinding? Check(ItemDefinition definition, string value)
    {
        // Field: an empty value or the text NULL clears an item (V3).
        if (value is "" or "NULL" ? IsClearable(definition) : IsOfType(definition, value))
            return null;

        var shown = definition.IsSecret ? "***" : $"'{Shortened(value)}'";
        return new ItemFinding(ItemStatus.InvalidData, definition.Allowed, shown);
    }

    /// <summary>A text from a peer, short enough for a report.</summary>
    public static string Shortened(string text)
    {
        if (text.Length <= MostShown)
            return text;
        // Not between the halves of a surrogate pair: a report is valid UTF-8.
        var length = char.IsHighSurrogate(text[MostShown - 1]) ? MostShown - 1 : MostShown;
        return $"{text[..length]}…";
    }

    // Switches, numbers and codes have no empty state, but for those whose default the guide gives as NULL (p.88).
    private static bool IsClearable(ItemDefinition definition) =>
        definition.Type is not (ItemType.Boolean or ItemType.Number or ItemType.Choice) || definition.Default == "NULL";

    private static bool IsOfType(ItemDefinition definition, string value) => definition.Type switch
    {
        ItemType.Boolean => value.Equals("true", StringComparison.OrdinalIgnoreCase) || value.Equals("false", StringComparison.OrdinalIgnoreCase),
        ItemType.Number => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && !(number < definition.Minimum) && !(number > definition.Maximum),
        ItemType.Choice => definition.Choices.ContainsKey(value),
        ItemType.Host => value.Length <= (definition.MaximumLength ?? 255) && IsHost(value),
        ItemType.Mac => Mac().IsMatch(value),
        ItemType.Binary => Base64.IsValid(value),
        ItemType.Certificate => value.StartsWith("-----BEGIN ", StringComparison.Ordinal) || Base64.IsValid(value),
        ItemType.Url => Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Host.Length > 0,
        ItemType.DateTime => DateTimeOffset.TryParseExact(value, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        _ => !(value.Length > definition.MaximumLength),
    };

    private static bool IsHost(string value)
    {
        // Digits and dots only are meant as an IPv4 address: 300.1.1.1 is no host name, and 1.2 no short form of one.
        if (!value.AsSpan().ContainsAnyExcept(AddressCharacters))
            return IPAddress.TryParse(value, out var address) && address.AddressFamily == AddressFamily.InterNetwork && value.Count(letter => letter == '.') == 3;
        if (value is ['[', .. var inner, ']'])
            return Uri.CheckHostName(inner) == UriHostNameType.IPv6;
        return Uri.CheckHostName(value) is UriHostNameType.Dns or UriHostNameType.IPv6;
    }

    [GeneratedRegex(@"^[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}\z")]
    private static partial Regex Mac();
}
