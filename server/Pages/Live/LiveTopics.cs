namespace OpenStage.Server.Pages.Live;

/// <summary>Hands what changed to the open pages that show it.</summary>
internal sealed class LiveTopics
{
    /// <summary>Most pages that listen at a time.</summary>
    public const int MostListeners = 200;

    private readonly Lock gate = new();
    private readonly HashSet<LiveListener> listeners = [];

    /// <summary>Tells all who want to hear of it.</summary>
    public void Publish(string topic)
    {
        LiveListener[] all;
        lock (gate)
            all = [.. listeners];
        foreach (var listener in all)
            listener.Tell(topic);
    }

    /// <summary>Adds a listener, or returns null when there are as many as may be.</summary>
    /// <param name="wanted">Topics such as <c>job:12</c>, or all of a kind, <c>job:*</c>.</param>
    public LiveListener? Listen(IReadOnlyCollection<string> wanted)
    {
        lock (gate)
        {
            if (listeners.Count >= MostListeners)
                return null;
            var listener = new LiveListener(wanted, Leave);
            listeners.Add(listener);
            return listener;
        }
    }

    private void Leave(LiveListener listener)
    {
        lock (gate)
            listeners.Remove(listener);
    }
}
