using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Xml;

/// <summary>
/// Writes the parts that both directions share. The output is exact and stable: one element a line, attributes in the
/// order of the guide's examples, LF line ends, no indentation, UTF-8 without byte-order mark.
/// </summary>
internal sealed class MessageText
{
    /// <summary>Bytes that an item takes beside its texts, at most.</summary>
    private const int ItemBytes = 64;

    private const int MostDigits = 11;

    private byte[] output;
    private int length;

    public MessageText(Dialect dialect, IReadOnlyList<Item>? items)
    {
        // With room for all items of the usual size the text never moves.
        output = ArrayPool<byte>.Shared.Rent(1024 + (96 * (items?.Count ?? 0)));
        Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<"u8);
        Raw(dialect.RootBytes);
        Raw(" xmlns=\"http://www.siemens.com/DLS\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://www.siemens.com/DLS\">\n"u8);
    }

    /// <summary>The whole message; nothing can be written any more.</summary>
    public byte[] End(Dialect dialect)
    {
        Raw("</Message>\n</"u8);
        Raw(dialect.RootBytes);
        Raw(">\n"u8);
        var message = output.AsSpan(0, length).ToArray();
        GiveBack();
        return message;
    }

    public void OpenMessage(string nonce, int? maxItems, FragmentMark fragment)
    {
        // Field: phones and services expect the nonce first.
        Raw("<Message"u8);
        Attribute(" nonce=\""u8, nonce);
        if (maxItems is { } most)
            Number(" maxItems=\""u8, most);
        if (fragment != FragmentMark.None)
            Attribute(" fragment=\""u8, Wording.Of(fragment));
        Raw(">\n"u8);
    }

    /// <param name="start">A space, the name, an equals sign and the quote.</param>
    /// <param name="value">What follows, up to the other quote.</param>
    public void Attribute(ReadOnlySpan<byte> start, string value)
    {
        Room(start.Length + 1 + (value.Length * XmlText.MostBytes));
        Put(start);
        if (!TryPut(value))
            throw NotXml($"The attribute {Encoding.UTF8.GetString(start).Trim().TrimEnd('"', '=')}");
        Put("\""u8);
    }

    /// <param name="element">Name of the element that the text is of, for errors.</param>
    /// <param name="text">What stands in it.</param>
    public void Text(string element, string text)
    {
        Room(text.Length * XmlText.MostBytes);
        if (!TryPut(text))
            throw NotXml(element);
    }

    public void ItemList(IReadOnlyList<Item>? items)
    {
        if (items is null)
            return;
        if (items.Count == 0)
        {
            // WPI guide p.48, p.60: nothing to report is an empty element.
            Raw("<ItemList/>\n"u8);
            return;
        }

        Raw("<ItemList>\n"u8);
        if (items is List<Item> or Item[])
        {
            foreach (ref readonly var item in items.AsSpan())
                Item(item);
        }
        else
        {
            for (var place = 0; place < items.Count; place++)
                Item(items[place]);
        }

        Raw("</ItemList>\n"u8);
    }

    /// <summary>Bytes that the item takes in a message.</summary>
    public static int SizeOf(Item item)
    {
        var text = new MessageText(Dialect.Service, null);
        var before = text.length;
        text.Item(item);
        var size = text.length - before;
        text.GiveBack();
        return size;
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        Room(bytes.Length);
        Put(bytes);
    }

    private void Item(in Item item)
    {
        var value = item.Value;
        var status = item.StatusText ?? Wording.Of(item.Status);
        Room(ItemBytes + ((item.Name.Length + value.Length + status.Length + (item.Type?.Length ?? 0)) * XmlText.MostBytes));
        // Each attribute ends the one before it: that is one piece less for each of hundreds of items.
        Put("<Item name=\""u8);
        if (!TryPut(item.Name))
            throw NotXml("The attribute name");
        if (item.Index is { } index)
        {
            Put("\" index=\""u8);
            Put(index);
        }

        if (item.Type is { } type)
        {
            Put("\" type=\""u8);
            if (!TryPut(type))
                throw NotXml("The attribute type");
        }

        if (status.Length > 0)
        {
            Put("\" status=\""u8);
            if (!TryPut(status))
                throw NotXml("The attribute status");
        }

        Put("\">"u8);
        if (!TryPut(value))
            throw NotXml($"The item {item.Key}");
        Put("</Item>\n"u8);
    }

    private void Number(ReadOnlySpan<byte> start, int value)
    {
        Room(start.Length + MostDigits + 1);
        Put(start);
        Put(value);
        Put("\""u8);
    }

    private void Put(int value)
    {
        Utf8Formatter.TryFormat(value, output.AsSpan(length), out var digits);
        length += digits;
    }

    /// <summary>Sees to it that as many bytes can be put.</summary>
    private void Room(int bytes)
    {
        if (output.Length - length >= bytes)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(output.Length * 2, length + bytes));
        output.AsSpan(0, length).CopyTo(larger);
        GiveBack();
        output = larger;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.AsSpan(length));
        length += bytes.Length;
    }

    private bool TryPut(ReadOnlySpan<char> text)
    {
        var isXml = XmlText.TryWrite(output.AsSpan(length), text, out var written);
        length += written;
        return isXml;
    }

    /// <summary>Messages carry passwords: whoever gets the memory next must not find them.</summary>
    private void GiveBack()
    {
        output.AsSpan(0, length).Clear();
        ArrayPool<byte>.Shared.Return(output);
        output = [];
    }

    private static ArgumentException NotXml(string place) => new($"{place} has a character that XML 1.0 cannot carry.");
}
