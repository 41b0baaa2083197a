using System.Globalization;
using System.Xml;
using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Jobs;

/// <summary>Refuses items that no message can carry.</summary>
internal static class ItemListCheck
{
    /// <summary>Most items of a list.</summary>
    public const int MostItems = 10_000;

    /// <summary>Most characters of a value: the largest that phones take, certificates in PEM, are far shorter.</summary>
    public const int LongestValue = 65_536;

    /// <param name="field">Field of the list, such as <c>items</c>.</param>
    /// <exception cref="RequestException">An item has no name, is there twice, or has characters that XML cannot carry.</exception>
    public static void Check(IReadOnlyList<Item> items, string field)
    {
        var keys = new HashSet<ItemKey>();
        for (var position = 0; position < items.Count; position++)
        {
            var item = items[position];
            var place = string.Create(CultureInfo.InvariantCulture, $"{field}[{position}]");
            if (string.IsNullOrWhiteSpace(item.Name) || item.Name.Length > 255)
                throw new RequestException($"{place}.name", item.Name, "1 to 255 characters");
            if (!keys.Add(item.Key))
                throw new RequestException(place, item.Key.ToString(), "each name and index once");
            if (!CanBeCarried(item.Name))
                throw new RequestException($"{place}.name", "one not shown here", "characters that XML 1.0 can carry");
            Measure(place, item.Key, item.Value);
            if (!CanBeCarried(item.Value))
                throw new RequestException($"{place}.value", $"that of {item.Key}", "characters that XML 1.0 can carry");
        }
    }

    /// <summary>Refuses a value that is too long, and an index that no item has.</summary>
    /// <param name="place">Field of the item, such as <c>items[1]</c>.</param>
    public static void Measure(string place, ItemKey key, string value)
    {
        if (value.Length > LongestValue)
            throw new RequestException($"{place}.value", $"that of {key}", $"0 to {LongestValue} characters");
        if (key.Index < 0)
            throw new RequestException($"{place}.index", key.ToString(), "0 or more");
    }

    private static bool CanBeCarried(string text)
    {
        try
        {
            XmlConvert.VerifyXmlChars(text);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
