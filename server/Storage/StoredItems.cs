using System.Buffers;
using System.Text;
using OpenStage.Protocol.Items;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Storage;

/// <summary>
/// How the items of a phone are written into the store: hundreds of them, each time a phone tells something new, so in
/// a third of the bytes and a tenth of the time that JSON takes.
/// </summary>
/// <remarks>
/// A byte for the form (1), one that is 1 when all items are known, the number of items; then for each: name, value,
/// status, one more than its index or 0, and milliseconds since 1970. Texts are in UTF-8 behind the number of their
/// bytes. Numbers are 7 bits a byte, the lowest first. Before this form they were JSON, which begins with a brace.
/// </remarks>
internal static class StoredItems
{
    private const byte Form = 1;
    private const string CutShort = "The items of a phone are cut short in the store.";

    public static byte[] Write(KnownItems known)
    {
        var bytes = new ArrayBufferWriter<byte>(256 + (known.Items.Count * 48));
        var head = bytes.GetSpan(2);
        (head[0], head[1]) = (Form, known.AreAll ? (byte)1 : (byte)0);
        bytes.Advance(2);
        Number(bytes, known.Items.Count);
        foreach (var item in known.Items)
        {
            Text(bytes, item.Name);
            Text(bytes, item.Value);
            Text(bytes, item.Status);
            Number(bytes, item.Index is { } index ? ((long)index << 1) + 1 : 0);
            Number(bytes, item.At.ToUnixTimeMilliseconds());
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are no items.</exception>
    public static KnownItems Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [(byte)'{', ..])
            return StoredJson.Read<KnownItems>(bytes);
        if (bytes is not [Form, var areAll, ..])
            throw new InvalidDataException("The items of a phone are stored in a form that this program does not know.");
        bytes = bytes[2..];
        var count = Number(ref bytes);
        if ((ulong)count > (ulong)bytes.Length)
            throw new InvalidDataException(CutShort);
        var items = new DeviceItem[count];
        for (var place = 0; place < items.Length; place++)
        {
            var name = Bytes(ref bytes);
            var value = Text(ref bytes);
            var status = Text(ref bytes);
            var index = Number(ref bytes);
            items[place] = new DeviceItem(ItemCatalogue.Default.FindName(name) ?? Encoding.UTF8.GetString(name), index == 0 ? null : (int)(index >> 1), value, status,
                DateTimeOffset.FromUnixTimeMilliseconds(Number(ref bytes)));
        }

        return new KnownItems(items, areAll == 1);
    }

    private static void Text(ArrayBufferWriter<byte> bytes, string text)
    {
        if (text.Length == 0)
        {
            Number(bytes, 0);
            return;
        }

        Number(bytes, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, bytes);
    }

    private static void Number(ArrayBufferWriter<byte> bytes, long number)
    {
        var left = (ulong)number;
        var span = bytes.GetSpan(10);
        var length = 0;
        for (; left > 0x7F; left >>= 7)
            span[length++] = (byte)(left | 0x80);
        span[length++] = (byte)left;
        bytes.Advance(length);
    }

    private static string Text(ref ReadOnlySpan<byte> bytes) => Bytes(ref bytes) is { IsEmpty: false } text ? Encoding.UTF8.GetString(text) : "";

    private static ReadOnlySpan<byte> Bytes(ref ReadOnlySpan<byte> bytes)
    {
        var length = Number(ref bytes);
        if ((ulong)length > (ulong)bytes.Length)
            throw new InvalidDataException(CutShort);
        var text = bytes[..(int)length];
        bytes = bytes[(int)length..];
        return text;
    }

    private static long Number(ref ReadOnlySpan<byte> bytes)
    {
        ulong number = 0;
        for (var place = 0; place < bytes.Length && place < 10; place++)
        {
            number |= (ulong)(bytes[place] & 0x7F) << (7 * place);
            if (bytes[place] <= 0x7F)
            {
                bytes = bytes[(place + 1)..];
                return (long)number;
            }
        }

        throw new InvalidDataException(CutShort);
    }
}
