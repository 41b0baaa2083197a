using System.Globalization;
using System.Xml;
using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Jobs;

/// <summary>Refuses items that no message can carry.</summary>
internal static class ItemListCheck
{
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
            if (!CanBeCarried(item.Value))
                throw new RequestException($"{place}.value", $"that of {item.Key}", "characters that XML 1.0 can carry");
        }
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
