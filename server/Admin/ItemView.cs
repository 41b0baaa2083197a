using OpenStage.Protocol.Items;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Admin;

/// <summary>An item as it may be shown.</summary>
/// <param name="Value">The value; stars in place of a secret.</param>
/// <param name="Status">Empty, or the phone's status text.</param>
public sealed record ItemView(string Name, int? Index, string Value, string Status, DateTimeOffset? At)
{
    internal static ItemView Of(DeviceItem item) => new(item.Name, item.Index, Masked(item.Name, item.Value), item.Status, item.At);

    internal static string Masked(string name, string value) => value.Length > 0 && SecretItems.IsSecret(name) ? "***" : value;
}
