namespace OpenStage.Protocol.Messages;

/// <summary>A message from the phone (WPI guide p.27-29).</summary>
public sealed record WorkpointMessage
{
    /// <summary>Anti-replay value, usually 32 upper-case hex digits; opaque to the service (p.28).</summary>
    public required string Nonce { get; init; }

    public ContactReason Reason { get; init; }

    /// <summary>The reason as it was read; null means the guide's spelling of <see cref="Reason"/>.</summary>
    public string? ReasonText { get; init; }

    /// <summary>For reply-to: the action being answered, as text (p.29); null when the attribute is missing.</summary>
    public string? Action { get; init; }

    /// <summary>For reply-to: how it went (p.29).</summary>
    public ReplyStatus Status { get; init; }

    /// <summary>The status as it was read; null means the guide's spelling of <see cref="Status"/>.</summary>
    public string? StatusText { get; init; }

    /// <summary>Most items the phone takes in one message, -1 for no limit, null when not said (p.28).</summary>
    public int? MaxItems { get; init; }

    /// <summary>Fragment mark on Message, where every example has it (p.45-46, p.70).</summary>
    public FragmentMark Fragment { get; init; }

    /// <summary>Fragment mark on ReasonForContact, where the attribute table puts it (p.29).</summary>
    public FragmentMark ReasonFragment { get; init; }

    /// <summary>The items, or null when the message has no ItemList at all (as a busy reply, p.46).</summary>
    public IReadOnlyList<Item>? Items { get; init; }

    /// <summary>True when the phone says that more fragments follow, in either place.</summary>
    public bool HasNextFragment => Fragment == FragmentMark.Next || ReasonFragment == FragmentMark.Next;

    /// <summary>True for every reason but reply-to: such a message opens a new interaction (p.28, p.41).</summary>
    public bool IsInitiating => Reason is not ContactReason.ReplyTo;

    /// <summary>Value of the first item of this name, or null.</summary>
    public string? Value(string name)
    {
        foreach (var item in Items ?? [])
        {
            if (item.Name == name && item.Status == ItemStatus.None)
                return item.Value;
        }

        return null;
    }
}
