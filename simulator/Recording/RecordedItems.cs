using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Recordings;
using OpenStage.Protocol.Wire;
using OpenStage.Protocol.Xml;

namespace OpenStage.Simulator.Recording;

/// <summary>Which items a recorded phone has, with which values and in which order.</summary>
public sealed class RecordedItems
{
    /// <summary>What an emulated phone says of itself, whatever the recorded one said.</summary>
    private static readonly string[] OwnNames = ["contact-me-uri", "mac-addr", "software-version", "related-software-version", "configuration-changed-flag"];

    private readonly Dictionary<ItemKey, string> values = [];
    private readonly Dictionary<ContactReason, IReadOnlyList<Item>> firstMessages = [];

    public RecordedItems(Protocol.Recordings.Recording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        foreach (var exchange in recording.Exchanges.Where(exchange => exchange.Kind == ExchangeKind.Message))
        {
            var read = WorkpointReader.Read(RecordedBody.Message(exchange.Request.Bytes));
            if (!read.Ok || !read.Message.IsInitiating)
                continue;
            var items = read.Message.Items ?? [];
            firstMessages.TryAdd(read.Message.Reason, [.. items.Where(item => !IsNews(item.Name))]);
            // What was said first counts: later values may be what the service wrote.
            foreach (var item in items)
                values.TryAdd(item.Key, item.Value);
        }

        foreach (var item in recording.Items)
            values[new ItemKey(item.Name, item.Index)] = item.Value;
        Whole = [.. recording.Items.Select(item => new ItemKey(item.Name, item.Index))];
    }

    /// <summary>The items of the whole set in their order; empty when the recording has none.</summary>
    public IReadOnlyList<ItemKey> Whole { get; }

    /// <summary>The items of a first message with their statuses, or null when the recording does not show them.</summary>
    public IReadOnlyList<Item>? First(ContactReason reason) =>
        firstMessages.GetValueOrDefault(reason) ?? (reason == ContactReason.Solicited ? firstMessages.GetValueOrDefault(ContactReason.StartUp) : null);

    /// <summary>The recorded value of an item, or null.</summary>
    public string? Value(ItemKey key) => OwnNames.Contains(key.Name) ? null : values.GetValueOrDefault(key);

    /// <summary>True for what a first message tells once, as against what it always has (WPI guide p.54, p.83).</summary>
    private static bool IsNews(string name) => name == "cleanup-reason" || name.StartsWith("file-deployment-", StringComparison.Ordinal);
}
