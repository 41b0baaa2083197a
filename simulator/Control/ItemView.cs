using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;

namespace OpenStage.Simulator.Control;

/// <summary>An item as it may be shown: secrets masked.</summary>
internal sealed record ItemView(string Name, int? Index, string Value)
{
    public static ItemView Of(Item item) => new(item.Name, item.Index, SecretItems.IsSecret(item.Name) && item.Value.Length > 0 ? "***" : item.Value);
}
