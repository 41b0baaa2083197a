namespace OpenStage.Server.Interactions;

/// <summary>
/// Counts the interactions that this node leads, so that it takes on no more than it can: those that began, have not
/// ended, and had a message within the time that a phone has for the next.
/// </summary>
internal sealed class OpenInteractions(int most, TimeSpan patience, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Mac, DateTimeOffset Last)>> byMac = [];

    /// <summary>The one that has been silent for longest comes first.</summary>
    private readonly LinkedList<(string Mac, DateTimeOffset Last)> byAge = [];

    /// <summary>Interactions that are open.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                ForgetSilent();
                return byMac.Count;
            }
        }
    }

    /// <summary>Takes on a phone's interaction, if there is room for it; a phone that begins anew takes its own place.</summary>
    public bool TryBegin(string mac)
    {
        lock (gate)
        {
            ForgetSilent();
            if (byMac.Count >= most && !byMac.ContainsKey(mac))
                return false;
            Put(mac);
            return true;
        }
    }

    /// <summary>A message of a phone was answered.</summary>
    /// <param name="ended">True when the interaction is over.</param>
    public void Answered(string mac, bool ended)
    {
        lock (gate)
        {
            if (ended)
                Remove(mac);
            else
                Put(mac);
        }
    }

    private void Put(string mac)
    {
        Remove(mac);
        byMac.Add(mac, byAge.AddLast((mac, time.GetUtcNow())));
    }

    private void Remove(string mac)
    {
        if (byMac.Remove(mac, out var node))
            byAge.Remove(node);
    }

    private void ForgetSilent()
    {
        while (byAge.First is { } oldest && oldest.Value.Last + patience <= time.GetUtcNow())
            Remove(oldest.Value.Mac);
    }
}
