namespace OpenStage.Server.ContactMe;

/// <summary>When each phone falls due next; the earliest first.</summary>
internal sealed class DueTimes
{
    private readonly Dictionary<string, DateTimeOffset> byMac = [];
    private readonly PriorityQueue<string, DateTimeOffset> queue = new();

    public void Set(string mac, DateTimeOffset? due)
    {
        if (due is not { } at)
        {
            byMac.Remove(mac);
            return;
        }

        byMac[mac] = at;
        queue.Enqueue(mac, at);
    }

    /// <summary>The earliest time at which a phone falls due, or null.</summary>
    public DateTimeOffset? Earliest()
    {
        while (queue.TryPeek(out var mac, out var at))
        {
            if (byMac.TryGetValue(mac, out var current) && current == at)
                return at;
            // An entry that was set anew since; the queue has the new one too.
            queue.Dequeue();
        }

        return null;
    }

    /// <summary>Takes out the phones that are due.</summary>
    public IReadOnlyList<string> Take(DateTimeOffset now)
    {
        var due = new List<string>();
        while (Earliest() is { } at && at <= now)
        {
            var mac = queue.Dequeue();
            byMac.Remove(mac);
            due.Add(mac);
        }

        return due;
    }
}
