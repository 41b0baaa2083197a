using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace OpenStage.Protocol.Items;

/// <summary>
/// The names of the known items, found by their bytes: a message names hundreds of them, and a string for each would be
/// most of what reading it costs.
/// </summary>
internal sealed class ItemNames
{
    private readonly Entry[] slots;
    private readonly int mask;

    public ItemNames(IEnumerable<string> names)
    {
        var all = names.Distinct().ToList();
        // A quarter full at most: hardly any search looks twice.
        slots = new Entry[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, all.Count * 4))];
        mask = slots.Length - 1;
        foreach (var name in all)
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            var slot = Hash(bytes) & mask;
            while (slots[slot].Name is not null)
                slot = (slot + 1) & mask;
            slots[slot] = new Entry(bytes, name);
        }
    }

    /// <summary>The one string of a name, or null when it is not known.</summary>
    /// <param name="utf8">The name in UTF-8.</param>
    public string? Find(ReadOnlySpan<byte> utf8)
    {
        for (var slot = Hash(utf8) & mask; slots[slot].Name is { } name; slot = (slot + 1) & mask)
        {
            if (utf8.SequenceEqual(slots[slot].Bytes))
                return name;
        }

        return null;
    }

    /// <summary>Both ends and the length: names differ there, or else in what <see cref="Find"/> compares.</summary>
    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        ulong first, last;
        if (bytes.Length >= sizeof(ulong))
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            last = BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..]);
        }
        else
        {
            first = last = 0;
            foreach (var value in bytes)
                first = (first << 8) | value;
        }

        var mixed = (first ^ BitOperations.RotateLeft(last, 23) ^ (ulong)bytes.Length) * 0x9E37_79B9_7F4A_7C15;
        return (int)(mixed >> 33);
    }

    private readonly record struct Entry(byte[] Bytes, string? Name);
}
