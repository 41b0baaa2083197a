using System.Text;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Admin;

/// <summary>An item as it may be shown.</summary>
/// <param name="Value">The value; stars in place of a secret.</param>
/// <param name="Status">Empty, or the phone's status text.</param>
public sealed record ItemView(string Name, int? Index, string Value, string Status, DateTimeOffset? At)
{
    internal static ItemView Of(DeviceItem item) => new(item.Name, item.Index, Masked(item.Name, item.Value), item.Status, item.At);

    internal static string Masked(string name, string value)
    {
        if (value.Length > 0 && SecretItems.IsSecret(name))
            return "***";
        // A key can stand in an item whose name does not say so.
        return value.Contains("PRIVATE KEY", StringComparison.Ordinal)
            ? Encoding.UTF8.GetString(TranscriptMask.Mask(Encoding.UTF8.GetBytes(value)))
            : value;
    }
}
