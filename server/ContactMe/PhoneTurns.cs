namespace OpenStage.Server.ContactMe;

/// <summary>Phones that wait to be looked at, in the order they came; none is looked at twice at the same time. Not for several threads at once.</summary>
internal sealed class PhoneTurns
{
    private readonly Queue<string> queue = new();

    /// <summary>Those in the queue, and those that must be looked at again after the look that is under way.</summary>
    private readonly HashSet<string> waiting = [];
    private readonly HashSet<string> underWay = [];

    /// <summary>True when a look at a phone is still to begin.</summary>
    public bool IsWaiting(string mac) => waiting.Contains(mac);

    public void Add(string mac)
    {
        if (waiting.Add(mac) && !underWay.Contains(mac))
            queue.Enqueue(mac);
    }

    /// <summary>Begins the next look.</summary>
    /// <returns>At which phone, or null when none waits.</returns>
    public string? Begin()
    {
        if (!queue.TryDequeue(out var mac))
            return null;
        waiting.Remove(mac);
        underWay.Add(mac);
        return mac;
    }

    /// <summary>A look is over.</summary>
    public void End(string mac)
    {
        underWay.Remove(mac);
        if (waiting.Contains(mac))
            queue.Enqueue(mac);
    }
}
