using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Storage;

/// <summary>
/// What the store holds of the phones that were dealt with last, as it is on disk or will be with the next commit. Good
/// for as long as nobody else writes: for the life of a single server, or of one transaction where there are other nodes.
/// Used by one thread at a time.
/// </summary>
/// <param name="most">Most phones that are kept; the one that nothing was done with for longest goes first.</param>
internal sealed class PhoneCache(int most)
{
    private readonly Dictionary<string, LinkedListNode<Entry>> byMac = [];
    private readonly LinkedList<Entry> byAge = new();

    /// <summary>What is known of a phone; what is not, is asked for and then set here.</summary>
    public Entry Of(string mac)
    {
        if (byMac.TryGetValue(mac, out var node))
        {
            byAge.Remove(node);
            byAge.AddFirst(node);
            return node.Value;
        }

        if (byMac.Count >= most)
            Forget(byAge.Last!.Value.Mac);
        node = byAge.AddFirst(new Entry(mac));
        byMac.Add(mac, node);
        return node.Value;
    }

    /// <summary>What was done with the phone was undone, or its records are others now.</summary>
    public void Forget(string mac)
    {
        if (byMac.Remove(mac, out var node))
            byAge.Remove(node);
    }

    public void Clear()
    {
        byMac.Clear();
        byAge.Clear();
    }

    /// <summary>The records of one phone; null is what was not asked for yet.</summary>
    internal sealed class Entry(string mac)
    {
        public string Mac => mac;

        /// <summary>The phone as of its last interaction.</summary>
        public Known<Device>? Device { get; set; }

        public Known<InteractionState>? Interaction { get; set; }

        /// <summary>Jobs that are not over, in order of creation.</summary>
        public IReadOnlyList<Job>? OpenJobs { get; set; }

        /// <summary>See <see cref="ToldItems"/>.</summary>
        public byte[]? Told { get; set; }
    }

    /// <summary>A record, or that there is none.</summary>
    internal readonly record struct Known<T>(T? Value) where T : class;
}
