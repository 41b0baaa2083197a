using OpenStage.Protocol.Firmware;

namespace OpenStage.Server.Devices;

/// <summary>Which phones are meant; what is null does not matter.</summary>
public sealed record DeviceFilter
{
    /// <summary>Any part of MAC address, number, model, firmware, address or location, in any case.</summary>
    public string? Search { get; init; }

    /// <summary>Device type, such as OpenStage 40, in any case.</summary>
    public string? Model { get; init; }

    /// <summary>How the firmware begins, such as <c>V3 R3</c>.</summary>
    public string? Firmware { get; init; }

    /// <summary>Only firmware before this version.</summary>
    public FirmwareVersion? FirmwareBefore { get; init; }

    /// <summary>First MAC address of a range, in normal form.</summary>
    public string? MacFrom { get; init; }

    /// <summary>Last MAC address of a range, in normal form.</summary>
    public string? MacTo { get; init; }

    public string? Location { get; init; }

    public DateTimeOffset? SeenSince { get; init; }

    public DateTimeOffset? SeenBefore { get; init; }

    /// <summary>True for phones with jobs that are not over.</summary>
    public bool? HasOpenJobs { get; init; }

    /// <summary>True for phones whose last contact-me brought no call.</summary>
    public bool? Unreachable { get; init; }

    public DeviceOrder Order { get; init; }

    /// <summary>True for the last first.</summary>
    public bool Descending { get; init; }

    /// <summary>Phones to leave out at the beginning, 0 or more.</summary>
    public int Skip { get; init; }

    /// <summary>Most phones, 1 or more.</summary>
    public int Top { get; init; } = int.MaxValue;
}
