namespace OpenStage.Protocol.Messages;

/// <summary>The spellings of the guide for reasons, actions and statuses, in both directions.</summary>
public static class Wording
{
    private static readonly (ServerAction Value, string Text)[] Actions =
    [
        (ServerAction.ReadAllItems, "ReadAllItems"), (ServerAction.ReadItems, "ReadItems"),
        (ServerAction.WriteItems, "WriteItems"), (ServerAction.Restart, "Restart"),
        (ServerAction.FileDeployment, "FileDeployment"), (ServerAction.SoftwareDeployment, "SoftwareDeployment"),
        (ServerAction.CleanUp, "CleanUp"), (ServerAction.GetNextFragment, "GetNextFragment"),
    ];

    private static readonly (ContactReason Value, string Text)[] Reasons =
    [
        (ContactReason.StartUp, "start-up"), (ContactReason.Solicited, "solicited"),
        (ContactReason.ReplyTo, "reply-to"), (ContactReason.LocalChanges, "local-changes"),
        (ContactReason.InventoryChanges, "inventory-changes"), (ContactReason.Status, "status"),
        (ContactReason.CleanUp, "clean-up"),
    ];

    private static readonly (ReplyStatus Value, string Text)[] ReplyStatuses =
    [
        (ReplyStatus.Accepted, "accepted"), (ReplyStatus.Failed, "failed"), (ReplyStatus.Busy, "busy"),
    ];

    private static readonly (ItemStatus Value, string Text)[] ItemStatuses =
    [
        (ItemStatus.Failed, "failed"), (ItemStatus.UnknownItem, "unknown item"), (ItemStatus.ReadOnly, "read only"),
        (ItemStatus.InvalidIndex, "invalid index"), (ItemStatus.UnexpectedItem, "unexpected item"),
        (ItemStatus.NotSupported, "not supported"), (ItemStatus.InvalidData, "invalid data"),
        (ItemStatus.Undefined, "undefined status"),
    ];

    private static readonly (FragmentMark Value, string Text)[] Fragments =
    [
        (FragmentMark.Next, "next"), (FragmentMark.Final, "final"),
    ];

    /// <summary>Spelling of an action (WPI guide p.30-31); empty for None.</summary>
    public static string Of(ServerAction value) => Text(Actions, value);

    /// <summary>Spelling of a reason (p.28); empty for Unknown.</summary>
    public static string Of(ContactReason value) => Text(Reasons, value);

    /// <summary>Spelling of a reply status (p.29); empty for None and Unknown.</summary>
    public static string Of(ReplyStatus value) => Text(ReplyStatuses, value);

    /// <summary>Spelling of an item status (p.26); empty for None and Unknown.</summary>
    public static string Of(ItemStatus value) => Text(ItemStatuses, value);

    /// <summary>Spelling of a fragment mark (p.29); empty for None.</summary>
    public static string Of(FragmentMark value) => Text(Fragments, value);

    /// <summary>All spellings of actions, for error messages.</summary>
    public static string AllActions { get; } = string.Join(", ", Actions.Select(row => row.Text));

    /// <summary>All spellings of reasons, for error messages.</summary>
    public static string AllReasons { get; } = string.Join(", ", Reasons.Select(row => row.Text));

    /// <summary>All spellings of item statuses, for error messages.</summary>
    public static string AllItemStatuses { get; } = string.Join(", ", ItemStatuses.Select(row => row.Text));

    internal static ServerAction ReadAction(string text, out bool exact) => Value(Actions, text, out exact);

    internal static ContactReason ReadReason(string text, out bool exact) => Value(Reasons, text, out exact);

    internal static ReplyStatus ReadReplyStatus(string text, out bool exact) =>
        Value(ReplyStatuses, text, out exact) is var value && value != ReplyStatus.None ? value : ReplyStatus.Unknown;

    internal static ItemStatus ReadItemStatus(string text, out bool exact) =>
        Value(ItemStatuses, text, out exact) is var value && value != ItemStatus.None ? value : ItemStatus.Unknown;

    internal static FragmentMark ReadFragment(string text, out bool exact) => Value(Fragments, text, out exact);

    private static string Text<T>((T Value, string Text)[] rows, T value) where T : struct, Enum
    {
        foreach (var row in rows)
        {
            if (EqualityComparer<T>.Default.Equals(row.Value, value))
                return row.Text;
        }

        return "";
    }

    private static T Value<T>((T Value, string Text)[] rows, string text, out bool exact) where T : struct, Enum
    {
        foreach (var row in rows)
        {
            if (row.Text.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                exact = row.Text == text;
                return row.Value;
            }
        }

        exact = false;
        return default;
    }
}
