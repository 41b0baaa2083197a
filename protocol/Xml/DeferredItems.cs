using System.Collections;
using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Xml;

/// <summary>
/// The items of a message that was read before and is sent again: they are read when somebody asks for one of them. A phone
/// tells all it has whenever it starts, nearly always the same.
/// </summary>
/// <param name="body">A body that <see cref="WorkpointReader.Read"/> reads without a deviation; nobody may change it as long as the items are used.</param>
/// <param name="count">How many items it has.</param>
public sealed class DeferredItems(ReadOnlyMemory<byte> body, int count) : IReadOnlyList<Item>
{
    private List<Item>? read;

    /// <summary>Known without reading them.</summary>
    public int Count => count;

    /// <exception cref="InvalidOperationException">The body is no message of so many items.</exception>
    public Item this[int index] => Read()[index];

    public IEnumerator<Item> GetEnumerator() => Read().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal List<Item> Read()
    {
        if (read is not null)
            return read;
        if (WorkpointReader.Read(body).Message?.Items is not List<Item> items || items.Count != count)
            throw new InvalidOperationException($"The body is no message of {count} items.");
        return read = items;
    }
}
