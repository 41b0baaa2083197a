using System.Buffers;
using System.Text;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Storage;

/// <summary>
/// What is known of the items of a phone, as it is written into the store: hundreds of them, each time a phone tells
/// something new, so in a third of the bytes that JSON takes, and to be looked at without making anything of them.
/// </summary>
/// <remarks>
/// A byte for the form (1), one that is 1 when all items are known, the number of items; then for each: name, value,
/// status, one more than its index or 0, and milliseconds since 1970. Texts are in UTF-8 behind the number of their
/// bytes. Numbers are 7 bits a byte, the lowest first. Before this form they were JSON, which begins with a brace.
/// </remarks>
internal sealed class StoredItems
{
    private const byte Form = 1;
    private const string CutShort = "The items of a phone are cut short in the store.";

    private readonly byte[] bytes;
    private readonly Entry[] entries;

    /// <exception cref="InvalidDataException">The bytes are no items.</exception>
    public StoredItems(byte[] bytes)
    {
        if (bytes is [(byte)'{', ..])
            bytes = Write(StoredJson.Read<KnownItems>(bytes));
        if (bytes is not [Form, var areAll, ..])
            throw new InvalidDataException("The items of a phone are stored in a form that this program does not know.");
        this.bytes = bytes;
        AreAll = areAll == 1;
        var at = 2;
        var count = Number(ref at);
        if ((ulong)count > (ulong)bytes.Length)
            throw new InvalidDataException(CutShort);
        entries = new Entry[count];
        for (var place = 0; place < entries.Length; place++)
        {
            var start = at;
            var (name, value, status) = (Text(ref at), Text(ref at), Text(ref at));
            var index = Number(ref at);
            entries[place] = new Entry(name, value, status, index == 0 ? null : (int)(index >> 1), Number(ref at), start..at);
        }
    }

    public static StoredItems None { get; } = new([Form, 0, 0]);

    /// <summary>The phone has told all its items at some time.</summary>
    public bool AreAll { get; }

    public int Count => entries.Length;

    public static byte[] Write(KnownItems known)
    {
        var writer = new Writer(known.Items.Count, known.AreAll);
        foreach (var item in known.Items)
            writer.Add(item.Name, item.Index, new Item(item.Name, item.Value).Text, item.Status, item.At);
        return writer.End();
    }

    /// <summary>All of them, in order of their names.</summary>
    public KnownItems Read()
    {
        var items = new DeviceItem[Count];
        for (var place = 0; place < items.Length; place++)
        {
            var key = Key(place);
            items[place] = new DeviceItem(key.Name, key.Index, Encoding.UTF8.GetString(Value(place)), Encoding.UTF8.GetString(Bytes(entries[place].Status)),
                DateTimeOffset.FromUnixTimeMilliseconds(entries[place].At));
        }

        Array.Sort(items, static (one, other) =>
        {
            var byName = string.CompareOrdinal(one.Name, other.Name);
            return byName != 0 ? byName : (one.Index ?? -1).CompareTo(other.Index ?? -1);
        });
        return new KnownItems(items, AreAll);
    }

    /// <summary>True for sure when an item is this one; names beyond ASCII are not compared.</summary>
    public bool Is(int place, string name, int? index) => entries[place].Index == index && Ascii.Equals(Name(place), name);

    public ItemKey Key(int place) => new(ItemCatalogue.Default.FindName(Name(place)) ?? Encoding.UTF8.GetString(Name(place)), entries[place].Index);

    /// <summary>In UTF-8.</summary>
    public ReadOnlySpan<byte> Name(int place) => Bytes(entries[place].Name);

    /// <summary>In UTF-8.</summary>
    public ReadOnlySpan<byte> Value(int place) => Bytes(entries[place].Value);

    public bool HasStatus(int place, string status) => Bytes(entries[place].Status) is { IsEmpty: false } known
        ? status.Length > 0 && Encoding.UTF8.GetString(known) == status
        : status.Length == 0;

    private ReadOnlySpan<byte> Bytes(Range range) => bytes.AsSpan(range);

    private Range Text(ref int at)
    {
        var length = Number(ref at);
        if ((ulong)length > (ulong)(bytes.Length - at))
            throw new InvalidDataException(CutShort);
        var start = at;
        at += (int)length;
        return start..at;
    }

    private long Number(ref int at)
    {
        ulong number = 0;
        for (var (place, shift) = (at, 0); place < bytes.Length && shift < 70; place++, shift += 7)
        {
            number |= (ulong)(bytes[place] & 0x7F) << shift;
            if (bytes[place] <= 0x7F)
            {
                at = place + 1;
                return (long)number;
            }
        }

        throw new InvalidDataException(CutShort);
    }

    private readonly record struct Entry(Range Name, Range Value, Range Status, int? Index, long At, Range Whole);

    /// <summary>Writes items one after the other.</summary>
    internal sealed class Writer
    {
        /// <summary>Bytes that the number of items takes at most; numbers may be written longer than they need be.</summary>
        private const int CountBytes = 5;

        private readonly ArrayBufferWriter<byte> bytes;
        private int count;

        /// <param name="most">Items that are expected at most.</param>
        public Writer(int most, bool areAll)
        {
            bytes = new ArrayBufferWriter<byte>(256 + (most * 48));
            bytes.Write([Form, areAll ? (byte)1 : (byte)0]);
            bytes.Advance(CountBytes);
        }

        public void Add(string name, int? index, ItemText value, string status, DateTimeOffset at)
        {
            count++;
            Text(name);
            var valueBytes = value.CountBytes();
            Number(valueBytes);
            value.Write(bytes.GetSpan(valueBytes));
            bytes.Advance(valueBytes);
            Text(status);
            Number(index is { } number ? ((long)number << 1) + 1 : 0);
            Number(at.ToUnixTimeMilliseconds());
        }

        /// <summary>An item as it was.</summary>
        public void Copy(StoredItems items, int place)
        {
            count++;
            bytes.Write(items.Bytes(items.entries[place].Whole));
        }

        public byte[] End()
        {
            var written = bytes.WrittenSpan.ToArray();
            var left = (uint)count;
            for (var place = 0; place < CountBytes; place++, left >>= 7)
                written[2 + place] = (byte)((left & 0x7F) | (place < CountBytes - 1 ? 0x80u : 0));
            return written;
        }

        private void Text(string text)
        {
            if (text.Length == 0)
            {
                Number(0);
                return;
            }

            Number(Encoding.UTF8.GetByteCount(text));
            Encoding.UTF8.GetBytes(text, bytes);
        }

        private void Number(long number)
        {
            var left = (ulong)number;
            var span = bytes.GetSpan(10);
            var length = 0;
            for (; left > 0x7F; left >>= 7)
                span[length++] = (byte)(left | 0x80);
            span[length++] = (byte)left;
            bytes.Advance(length);
        }
    }
}
