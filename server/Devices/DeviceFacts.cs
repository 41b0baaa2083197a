using System.Globalization;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Devices;

/// <summary>What the basic items of an initiating message tell about a phone (WPI guide p.27, p.33).</summary>
internal static class DeviceFacts
{
    public const string ContactGapItem = "dls-contact-interval";

    public static Device Seen(Device? known, string mac, WorkpointMessage message, string address, DateTimeOffset now)
    {
        var device = known ?? new Device { Mac = mac, FirstSeen = now };
        device = device with
        {
            Model = Told(message.Value("device-type"), device.Model),
            Firmware = Told(message.Value("software-version"), device.Firmware),
            ContactMeUri = Told(message.Value("contact-me-uri"), device.ContactMeUri),
            E164 = Told(message.Value("e164"), device.E164),
            Address = Told(address, device.Address),
            LastSeen = now,
            LastCallBack = message.Reason == ContactReason.Solicited ? now : device.LastCallBack,
            ContactFailures = 0,
        };
        return WithItems(device, message.Items ?? []);
    }

    /// <summary>A text that is the same as the one that is known is kept once: of each phone they stay in memory.</summary>
    private static string Told(string? told, string known) => told is null || told == known ? known : told;

    public static Device WithItems(Device device, IEnumerable<Item> items)
    {
        foreach (ref readonly var item in items.AsSpan())
        {
            if (item.Name == ContactGapItem && item.Status == ItemStatus.None
                && int.TryParse(item.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 86_400)
                device = device with { ContactGapSeconds = seconds };
        }

        return device;
    }

    /// <summary>True when the phone calls on its own after a CleanUp with send-solicited (p.46): V3R3 and later.</summary>
    public static bool TakesSendSolicited(Device device) =>
        FirmwareVersion.TryParse(device.Firmware, out var version) && FirmwareCapabilities.Of(version, device.Model).SendSolicited;
}
