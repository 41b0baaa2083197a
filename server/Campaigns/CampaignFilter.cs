using OpenStage.Protocol.Firmware;
using OpenStage.Server.Description;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Campaigns;

/// <summary>Which phones a campaign is for; what is null does not matter.</summary>
public sealed record CampaignFilter
{
    /// <summary>Any part of MAC address, number, model, firmware, address or location, in any case.</summary>
    [Allowed(Shortest = 1, Longest = 255)]
    public string? Search { get; init; }

    /// <summary>Device type, such as OpenStage 40, in any case.</summary>
    [Allowed(Shortest = 1, Longest = 255)]
    public string? Model { get; init; }

    /// <summary>How the firmware begins, such as <c>V3 R3</c>.</summary>
    [Allowed(Shortest = 1, Longest = 255)]
    public string? Firmware { get; init; }

    /// <summary>Only firmware before this version, such as <c>V3 R3.24.0</c>.</summary>
    [Allowed(Shortest = 1, Longest = 64)]
    public string? FirmwareBefore { get; init; }

    /// <summary>First MAC address of a range.</summary>
    [Allowed(Longest = 32)]
    public string? MacFrom { get; init; }

    /// <summary>Last MAC address of a range.</summary>
    [Allowed(Longest = 32)]
    public string? MacTo { get; init; }

    [Allowed(Shortest = 1, Longest = 255)]
    public string? Location { get; init; }

    /// <summary>Only phones that called at this time or later.</summary>
    public DateTimeOffset? SeenSince { get; init; }

    /// <summary>Only phones whose last call was before this time.</summary>
    public DateTimeOffset? SeenBefore { get; init; }

    /// <summary>True for phones with jobs that are not over, false for phones without.</summary>
    public bool? HasOpenJobs { get; init; }

    /// <summary>True for phones whose last contact-me brought no call, false for the others.</summary>
    public bool? Unreachable { get; init; }

    internal DeviceFilter ToDevices() => new()
    {
        Search = Search,
        Model = Model,
        Firmware = Firmware,
        FirmwareBefore = FirmwareBefore is null ? null : FirmwareVersion.Parse(FirmwareBefore),
        MacFrom = MacFrom,
        MacTo = MacTo,
        Location = Location,
        SeenSince = SeenSince,
        SeenBefore = SeenBefore,
        HasOpenJobs = HasOpenJobs,
        Unreachable = Unreachable,
    };
}
