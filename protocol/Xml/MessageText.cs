using System.Globalization;
using System.Text;
using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Xml;

/// <summary>
/// Writes the parts that both directions share. The output is exact and stable: one element a line, attributes in the
/// order of the guide's examples, LF line ends, no indentation, UTF-8 without byte-order mark.
/// </summary>
internal static class MessageText
{
    public static StringBuilder Start(Dialect dialect) => new StringBuilder(4096)
        .Append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<").Append(dialect.Root)
        .Append(" xmlns=\"").Append(Dialect.Namespace)
        .Append("\" xmlns:xsi=\"").Append(Dialect.SchemaInstance)
        .Append("\" xsi:schemaLocation=\"").Append(Dialect.Namespace).Append("\">\n");

    public static byte[] End(StringBuilder text, Dialect dialect) =>
        Encoding.UTF8.GetBytes(text.Append("</Message>\n</").Append(dialect.Root).Append(">\n").ToString());

    public static void OpenMessage(StringBuilder text, string nonce, int? maxItems, FragmentMark fragment)
    {
        // Field: phones and services expect the nonce first.
        text.Append("<Message");
        Attribute(text, "nonce", nonce);
        if (maxItems is { } most)
            Attribute(text, "maxItems", most.ToString(CultureInfo.InvariantCulture));
        if (fragment != FragmentMark.None)
            Attribute(text, "fragment", Wording.Of(fragment));
        text.Append(">\n");
    }

    public static void Attribute(StringBuilder text, string name, string value)
    {
        text.Append(' ').Append(name).Append("=\"");
        XmlText.AppendEscaped(text, value, $"The attribute {name}");
        text.Append('"');
    }

    public static void ItemList(StringBuilder text, IReadOnlyList<Item>? items)
    {
        if (items is null)
            return;
        if (items.Count == 0)
        {
            // WPI guide p.48, p.60: nothing to report is an empty element.
            text.Append("<ItemList/>\n");
            return;
        }

        text.Append("<ItemList>\n");
        foreach (var item in items)
            AppendItem(text, item);
        text.Append("</ItemList>\n");
    }

    /// <summary>Bytes that the item takes in a message.</summary>
    public static int SizeOf(Item item)
    {
        var text = new StringBuilder();
        AppendItem(text, item);
        return Encoding.UTF8.GetByteCount(text.ToString());
    }

    private static void AppendItem(StringBuilder text, Item item)
    {
        text.Append("<Item");
        Attribute(text, "name", item.Name);
        if (item.Index is { } index)
            Attribute(text, "index", index.ToString(CultureInfo.InvariantCulture));
        if (item.Type is { } type)
            Attribute(text, "type", type);
        var status = item.StatusText ?? Wording.Of(item.Status);
        if (status.Length > 0)
            Attribute(text, "status", status);
        text.Append('>');
        XmlText.AppendEscaped(text, item.Value, $"The item {item.Key}");
        text.Append("</Item>\n");
    }
}
