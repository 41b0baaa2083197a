using System.Globalization;
using System.Net;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;

namespace OpenStage.Benchmarks.Samples;

/// <summary>Messages as phones of a site send them, made from the item catalogue: the same for the same seed.</summary>
internal static class SampleMessages
{
    /// <summary>Items of the reply to ReadAllItems; with the names and values of a real phone these are 28 kB.</summary>
    public const int ReplyItems = 460;

    /// <summary>MAC address in every sample, which whoever sends them puts the phone's own in place of.</summary>
    public const string Mac = "00:1A:E8:FF:FF:FF";

    /// <summary>Nonce in every sample, to be put another in place of.</summary>
    public const string Nonce = "0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F";

    /// <summary>Value of one item of the reply, the same number of characters as any eight-digit number.</summary>
    public const string Changing = "bench-00000000";

    private const string ChangingItem = "display-id";

    /// <summary>The answer to ReadAllItems of a phone with 460 items.</summary>
    public static WorkpointMessage Reply(int seed) => new()
    {
        Nonce = Nonce,
        MaxItems = -1,
        Fragment = FragmentMark.Final,
        Reason = ContactReason.ReplyTo,
        Action = "ReadAllItems",
        Status = ReplyStatus.Accepted,
        Items = AllItems(seed),
    };

    /// <summary>A start-up of a phone whose configuration changed, so that it is asked for all items (WPI guide p.34).</summary>
    public static WorkpointMessage StartUp() => new()
    {
        Nonce = Nonce,
        MaxItems = -1,
        Reason = ContactReason.StartUp,
        Items =
        [
            .. Identity.Select(pair => new Item(pair.Key, pair.Value)),
            new Item("configuration-changed-flag", "true"),
            new Item("user-pwd-unicode") { Status = ItemStatus.Failed },
        ],
    };

    /// <summary>What a server writes to a phone: 50 settings.</summary>
    public static DlsMessage WriteItems(int seed)
    {
        var random = new Random(seed);
        return new DlsMessage
        {
            Nonce = Nonce,
            Action = ServerAction.WriteItems,
            Items = [.. ItemCatalogue.Default.All.Where(IsSetting).Take(50).Select(item => new Item(item.Name, Value(item, random), IndexOf(item, 0)))],
        };
    }

    private static IReadOnlyDictionary<string, string> Identity { get; } = new Dictionary<string, string>
    {
        ["device-type"] = "OpenStage 40",
        ["related-device-type"] = "OpenStage 40",
        ["software-type"] = "Siemens SIP",
        ["related-software-type"] = "Siemens SIP",
        ["software-version"] = "V3 R3.24.0",
        ["related-software-version"] = "V3 R3.24.0",
        ["contact-me-uri"] = "http://127.20.0.1:8085/contact_dls.html/ContactDLS",
        ["mac-addr"] = Mac,
        ["e164"] = "498970072001",
        ["basic-e164"] = "498970072001",
        ["part-number"] = "S30817-S7402-A101-020",
    };

    private static List<Item> AllItems(int seed)
    {
        var random = new Random(seed);
        var readable = ItemCatalogue.Default.All
            .Where(item => item.Access is ItemAccess.ReadWrite or ItemAccess.ReadOnly && item.Type is not (ItemType.Certificate or ItemType.Binary)).ToList();
        // Tables such as those of the keys repeat with each index until the reply is as long as a phone's.
        var items = readable.Select(item => new Item(item.Name, Value(item, random), IndexOf(item, 0))).ToList();
        var tables = readable.Where(item => item.Index == IndexRule.Required && item.Group == "keys").ToList();
        for (var row = 1; items.Count < ReplyItems; row++)
            items.AddRange(tables.Select(item => new Item(item.Name, Value(item, random), IndexOf(item, row))));
        return items[..ReplyItems];
    }

    private static bool IsSetting(ItemDefinition item) =>
        item.Access == ItemAccess.ReadWrite && item.Type is ItemType.Text or ItemType.Number or ItemType.Boolean or ItemType.Host;

    private static int? IndexOf(ItemDefinition item, int row) => item.Index == IndexRule.Required ? item.MinimumIndex + row : null;

    private static string Value(ItemDefinition item, Random random) => item.Name == ChangingItem
        ? Changing
        : Identity.GetValueOrDefault(item.Name) ?? item.Type switch
        {
            ItemType.Boolean => random.Next(2) == 0 ? "false" : "true",
            ItemType.Choice => item.Choices.Keys.OrderBy(code => code, StringComparer.Ordinal).ElementAt(random.Next(item.Choices.Count)),
            ItemType.Number => random.NextInt64(item.Minimum ?? 0, (item.Maximum ?? 3600) + 1L).ToString(CultureInfo.InvariantCulture),
            ItemType.Host => new IPAddress([10, 1, (byte)random.Next(256), (byte)random.Next(1, 255)]).ToString(),
            ItemType.Mac => Mac,
            ItemType.Url => string.Create(CultureInfo.InvariantCulture, $"https://files.example.net/{item.Name}/{random.Next(1000)}"),
            ItemType.DateTime => "2026-03-14T09:26:53+00:00",
            // One text in eight has what is written with more than a byte, or as a reference.
            _ => random.Next(8) == 0
                ? string.Create(CultureInfo.InvariantCulture, $"Büro & Halle {random.Next(100_000)}, Gebäude {random.Next(100)}")
                : string.Create(CultureInfo.InvariantCulture, $"Room {random.Next(100_000)}, building {random.Next(100)}, second floor, Northern wing of the house"),
        };
}
