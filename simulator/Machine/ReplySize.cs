using System.Buffers;
using OpenStage.Protocol.Messages;

namespace OpenStage.Simulator.Machine;

/// <summary>A bound on the bytes of a reply, quickly: not the size itself, but never less.</summary>
internal static class ReplySize
{
    /// <summary>Room for the message around the items: twice what it takes with a nonce of 32 digits.</summary>
    private const int Frame = 1024;

    /// <summary>The element of an item with index, status and line end, without name and value.</summary>
    private const int Element = 80;

    /// <summary>The most bytes that one character becomes: <c>&amp;quot;</c>.</summary>
    private const int PerCharacter = 6;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create(" !#$%'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    public static int AtMost(IReadOnlyList<Item> items)
    {
        var bytes = Frame;
        for (var number = 0; number < items.Count; number++)
        {
            var item = items[number];
            var isBare = item is { Index: null, Status: ItemStatus.None, StatusText: null, Type: null };
            bytes += (isBare ? "<Item name=\"\"></Item>\n".Length : Element + (PerCharacter * ((item.StatusText?.Length ?? 0) + (item.Type?.Length ?? 0))))
                + Size(item.Name) + Size(item.Value);
        }

        return bytes;
    }

    private static int Size(string text) => text.AsSpan().ContainsAnyExcept(Plain) ? text.Length * PerCharacter : text.Length;
}
