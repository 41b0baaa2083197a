namespace OpenStage.Protocol.Messages;

/// <summary>A message from the provisioning service, always the answer to a phone's message (WPI guide p.30-31).</summary>
public sealed record DlsMessage
{
    /// <summary>The nonce of the message being answered (p.34).</summary>
    public required string Nonce { get; init; }

    public ServerAction Action { get; init; }

    /// <summary>The action as it was read or must be written; null means the guide's spelling of <see cref="Action"/>.</summary>
    public string? ActionText { get; init; }

    /// <summary>Attributes that the guide gives to the phone's messages only; kept when a server sends them.</summary>
    public int? MaxItems { get; init; }

    public FragmentMark Fragment { get; init; }

    /// <summary>The items, or null when the message has no ItemList.</summary>
    public IReadOnlyList<Item>? Items { get; init; }

    /// <summary>Value of the first item of this name, or null.</summary>
    public string? Value(string name)
    {
        foreach (var item in Items ?? [])
        {
            if (item.Name == name)
                return item.Value;
        }

        return null;
    }

    public static DlsMessage CleanUp(string nonce) => new() { Nonce = nonce, Action = ServerAction.CleanUp };
}
