using FsCheck;
using FsCheck.Fluent;
using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Tests.Properties;

/// <summary>Arbitrary parts of messages, each such that reading it back can give the same.</summary>
internal static class Any
{
    private static readonly Gen<string> Pieces = Gen.Frequency(
        (6, Gen.Elements("a", "Z", "0", "-", ".", "/", ":", "=", "%", "ü", "ß", "é", "中", "ا")),
        (3, Gen.Elements("&", "<", ">", "\"", "'", "&amp;", "&#10;", "]]>", "<![CDATA[", "<!--", "?>")),
        (2, Gen.Elements("\n", "\r", "\r\n", "\t", " ", "  ", "\u0085", "\u2028", "\u00A0")),
        (1, Gen.Elements("📞", "👨‍👩‍👧", "\uFFFD", "\uE000", "\U0010FFFD")));

    /// <summary>Any text that XML can carry, without white space at its ends.</summary>
    public static Gen<string> Text { get; } =
        from pieces in Gen.ListOf(Pieces)
        select string.Concat(pieces).Trim();

    public static Gen<string> Nonce { get; } =
        from digits in Gen.ArrayOf(Gen.Elements("0123456789ABCDEF".ToCharArray()), 32)
        select new string(digits);

    public static Gen<int?> Index { get; } = Gen.Frequency(
        (2, Gen.Constant((int?)null)), (5, Gen.Choose(0, 40).Select(index => (int?)index)), (1, Gen.Elements<int?>(-1, int.MaxValue, int.MinValue)));

    public static Gen<int?> MaxItems { get; } = Gen.OneOf(
        Gen.Constant((int?)null), Gen.Constant((int?)-1), Gen.Choose(1, 100_000).Select(most => (int?)most));

    public static Gen<FragmentMark> Fragment { get; } = Gen.Elements(Enum.GetValues<FragmentMark>());

    private static readonly Gen<string> Name = Gen.Frequency(
        (4, Gen.Elements("mac-addr", "e164", "function-key-def", "key-label-unicode", "ldap-server-address", "user-pwd")),
        (1, Text.Where(text => text.Length > 0)));

    private static readonly Gen<(ItemStatus Status, string? Text)> Statuses = Gen.Frequency(
        (6, Gen.Constant((ItemStatus.None, (string?)null))),
        (3, Gen.Elements(Enum.GetValues<ItemStatus>()).Where(status => status != ItemStatus.Unknown).Select(status => (status, (string?)null))),
        (1, Gen.Constant((ItemStatus.Unknown, (string?)"secure"))),
        (1, Gen.Constant((ItemStatus.ReadOnly, (string?)"READ only"))));

    public static Gen<Item> Item { get; } =
        from name in Name
        from value in Text
        from index in Index
        from status in Statuses
        from type in Gen.Frequency((4, Gen.Constant((string?)null)), (1, Text.Select(text => (string?)text)))
        select new Item(name, value, index) { Status = status.Status, StatusText = status.Text, Type = type };

    public static Gen<IReadOnlyList<Item>?> Items { get; } = Gen.Frequency(
        (1, Gen.Constant((IReadOnlyList<Item>?)null)),
        (8, Gen.ListOf(Item).Select(items => (IReadOnlyList<Item>?)items.ToArray())));

    private static readonly Gen<(ContactReason Reason, string? Text)> Reason = Gen.Frequency(
        (6, Gen.Elements(Enum.GetValues<ContactReason>()).Where(reason => reason != ContactReason.Unknown).Select(reason => (reason, (string?)null))),
        (1, Gen.Elements((ContactReason.StartUp, (string?)"Start-up"), (ContactReason.Unknown, "dance & <sing>"), (ContactReason.Unknown, ""))));

    private static readonly Gen<(ReplyStatus Status, string? Text)> Status = Gen.Elements(
        (ReplyStatus.None, (string?)null), (ReplyStatus.Accepted, null), (ReplyStatus.Failed, null), (ReplyStatus.Busy, null),
        (ReplyStatus.Accepted, "Accepted"), (ReplyStatus.Unknown, "may\"be"));

    public static Gen<WorkpointMessage> PhoneMessage { get; } =
        from nonce in Gen.Frequency((6, Nonce), (1, Text))
        from reason in Reason
        from status in Status
        from action in Gen.OneOf(Gen.Constant((string?)null), Gen.Elements<string?>("WriteItems", "ReadItems", "Write<>Items"), Text.Select(text => (string?)text))
        from maxItems in MaxItems
        from fragment in Fragment
        from reasonFragment in Gen.Frequency((5, Gen.Constant(FragmentMark.None)), (1, Fragment))
        from items in Items
        select new WorkpointMessage
        {
            Nonce = nonce,
            Reason = reason.Reason,
            ReasonText = reason.Text,
            Action = action,
            Status = status.Status,
            StatusText = status.Text,
            MaxItems = maxItems,
            Fragment = fragment,
            ReasonFragment = reasonFragment,
            Items = items,
        };

    private static readonly Gen<(ServerAction Action, string? Text)> Action = Gen.Frequency(
        (6, Gen.Elements(Enum.GetValues<ServerAction>()).Select(action => (action, (string?)null))),
        (1, Gen.Elements((ServerAction.CleanUp, (string?)"Cleanup"), (ServerAction.None, "dance & <sing>"))));

    public static Gen<DlsMessage> ServiceMessage { get; } =
        from nonce in Gen.Frequency((6, Nonce), (1, Text))
        from action in Action
        from maxItems in MaxItems
        from fragment in Fragment
        from items in Items
        select new DlsMessage
        {
            Nonce = nonce,
            Action = action.Action,
            ActionText = action.Text,
            MaxItems = maxItems,
            Fragment = fragment,
            Items = items,
        };
}
