using System.Buffers.Text;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Xml;

/// <summary>The items of a message.</summary>
internal ref partial struct PlainScanner
{
    private static readonly ItemCatalogue Names = ItemCatalogue.Default;

    private bool ItemList()
    {
        if (scanned.Items is not null)
            return false;
        if (Take("/>"u8))
        {
            scanned.Items = [];
            return true;
        }

        if (!Take((byte)'>'))
            return false;
        // An item takes some sixty bytes: with room for all of them the list never moves.
        var items = new List<Item>(Math.Min(maxItems, ((body.Length - at) / 48) + 1));
        scanned.Items = items;
        while (true)
        {
            if (items.Count < maxItems && CommonItem(items))
                continue;
            SkipSpace();
            if (Take("</ItemList>"u8))
                return true;
            if (items.Count == maxItems || !Take("<Item"u8) || !Item(items))
                return false;
        }
    }

    /// <summary>
    /// An item as nearly all are: on a line of its own, with a known name, perhaps an index of one or two digits, and a
    /// text. False, and nowhere else than before, for any other.
    /// </summary>
    private bool CommonItem(List<Item> items)
    {
        var rest = body[at..];
        if (rest is [(byte)'\n', ..])
            rest = rest[1..];
        if (!rest.StartsWith("<Item name=\""u8))
            return false;
        rest = rest["<Item name=\"".Length..];
        var end = rest.IndexOf((byte)'"');
        if (end <= 0 || Names.FindName(rest[..end]) is not { } name)
            return false;
        rest = rest[(end + 1)..];
        int? index = null;
        if (rest.StartsWith(" index=\""u8))
        {
            rest = rest[" index=\"".Length..];
            switch (rest)
            {
                case [>= (byte)'0' and <= (byte)'9', (byte)'"', ..]:
                    index = rest[0] - '0';
                    rest = rest[2..];
                    break;
                case [>= (byte)'0' and <= (byte)'9', >= (byte)'0' and <= (byte)'9', (byte)'"', ..]:
                    index = ((rest[0] - '0') * 10) + (rest[1] - '0');
                    rest = rest[3..];
                    break;
                default:
                    return false;
            }
        }

        if (rest is not [(byte)'>', ..])
            return false;
        rest = rest[1..];
        end = rest.IndexOfAny(TextStops);
        if (end < 0 || !rest[end..].StartsWith("</Item>"u8))
            return false;
        var start = body.Length - rest.Length;
        if (!Value(start, end, isPlain: true, out var value))
            return false;
        items.Add(new Item(name, value, index));
        at = start + end + "</Item>".Length;
        return true;
    }

    private bool Item(List<Item> items)
    {
        string? name = null, type = null;
        int? index = null;
        var status = ItemStatus.None;
        while (!Take((byte)'>'))
        {
            var isSpaced = SkipSpace();
            if (Take("/>"u8))
                return Add(items, name, default, index, type, status);
            if (!isSpaced)
                return false;
            if (Take((byte)'>'))
                break;
            var isRead = name is null && Take("name="u8) ? Name(out name)
                : index is null && Take("index="u8) ? Index(out index)
                : status == ItemStatus.None && Take("status="u8) ? Status(out status)
                : type is null && Take("type="u8) && Attribute(out type);
            if (!isRead)
                return false;
        }

        var start = at;
        return Text(out var isPlain) && Value(start, at - start, isPlain, out var value) && Take("</Item>"u8) && Add(items, name, value, index, type, status);
    }

    private static bool Add(List<Item> items, string? name, ItemText value, int? index, string? type, ItemStatus status)
    {
        if (name is null)
            return false;
        items.Add(new Item(name, value, index) { Status = status, Type = type });
        return true;
    }

    private bool Name(out string? name)
    {
        name = null;
        if (!RawAttribute(out var raw, out var isPlain) || raw.IsEmpty)
            return false;
        if (isPlain)
            name = Names.FindName(raw);
        return name is not null || (Decoded(raw, isPlain, out name) && name.Length > 0);
    }

    private bool Index(out int? index)
    {
        index = null;
        if (!RawAttribute(out var raw, out _) || !Utf8Parser.TryParse(raw, out int number, out var length) || length != raw.Length)
            return false;
        index = number;
        return true;
    }

    /// <summary>A phone's status in the guide's spelling (p.26).</summary>
    private bool Status(out ItemStatus status)
    {
        status = ItemStatus.None;
        if (dialect != Dialect.Phone || !Attribute(out var text))
            return false;
        status = Wording.ReadItemStatus(text, out var exact);
        return exact;
    }

    /// <summary>The value of an item, which stays where it is if it can be taken as it stands.</summary>
    private bool Value(int start, int length, bool isPlain, out ItemText value)
    {
        value = default;
        if (length == 0)
            return true;
        if (isPlain && body[start] < 0x80 && body[start + length - 1] < 0x80)
        {
            value = new ItemText(message, offset + start, length);
            return body[start] > ' ' && body[start + length - 1] > ' ';
        }

        if (!Decoded(body.Slice(start, length), isPlain, out var text))
            return false;
        value = new ItemText(text);
        return true;
    }
}
