using OpenStage.Server.Devices;

namespace OpenStage.Server.Campaigns;

/// <summary>A phone that a filter finds.</summary>
/// <param name="Model">Device type, such as OpenStage 40.</param>
/// <param name="Firmware">Such as V3 R3.24.0.</param>
/// <param name="E164">Its number.</param>
public sealed record CampaignPreviewPhone(string Mac, string Model, string Firmware, string E164, string Location, DateTimeOffset LastSeen)
{
    internal static CampaignPreviewPhone Of(Device device) =>
        new(device.Mac, device.Model, device.Firmware, device.E164, device.Location, device.LastSeen);
}
