using OpenStage.Server.Devices;

namespace OpenStage.Server.Conversations;

/// <summary>Which phone is led by which script, and by which cookie its replies are known.</summary>
internal sealed class ConversationScripts(Action<string> released) : IConversationScripts
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<Taken>> byMac = [];

    public IDisposable Take(string mac, IConversation conversation)
    {
        if (!MacAddress.TryNormalise(mac, out var normal))
            throw new ArgumentException($"'{mac}': allowed is a MAC address such as 00:1A:E8:00:00:01.", nameof(mac));
        var taken = new Taken(this, normal, conversation);
        lock (gate)
        {
            if (!byMac.TryGetValue(normal, out var list))
                byMac.Add(normal, list = []);
            list.Add(taken);
        }

        return taken;
    }

    public bool Holds(string mac)
    {
        lock (gate)
            return byMac.ContainsKey(mac);
    }

    /// <summary>The script that leads a phone, with a new session for it; null when none does.</summary>
    public Session? Open(string mac, string cookie)
    {
        lock (gate)
        {
            if (!byMac.TryGetValue(mac, out var list))
                return null;
            list[^1].Cookie = cookie;
            return new Session(mac, cookie, list[^1].Conversation);
        }
    }

    /// <summary>The script's session of one of these cookies, or null.</summary>
    public Session? Find(IReadOnlyList<string> cookies)
    {
        lock (gate)
        {
            foreach (var taken in byMac.Values.SelectMany(list => list))
            {
                if (taken.Cookie is { } cookie && cookies.Contains(cookie))
                    return new Session(taken.Mac, cookie, taken.Conversation);
            }

            return null;
        }
    }

    private void Release(Taken taken)
    {
        lock (gate)
        {
            if (!byMac.TryGetValue(taken.Mac, out var list) || !list.Remove(taken))
                return;
            if (list.Count == 0)
                byMac.Remove(taken.Mac);
        }

        released(taken.Mac);
    }

    public sealed record Session(string Mac, string Cookie, IConversation Conversation);

    private sealed class Taken(ConversationScripts scripts, string mac, IConversation conversation) : IDisposable
    {
        public string Mac => mac;

        public IConversation Conversation => conversation;

        public string? Cookie { get; set; }

        public void Dispose() => scripts.Release(this);
    }
}
