using System.Collections.Frozen;
using OpenStage.Protocol.Firmware;
using OpenStage.Simulator.Models;

namespace OpenStage.Simulator.Machine;

/// <summary>What stays with a phone for good.</summary>
public sealed record PhoneIdentity
{
    public required PhoneModel Model { get; init; }

    public required FirmwareVersion Firmware { get; init; }

    /// <summary>Upper case with colons.</summary>
    public required string Mac { get; init; }

    public required Uri ContactMeUri { get; init; }

    /// <summary>The service, with its path, as configured or given by DHCP (WPI guide p.12).</summary>
    public required Uri Server { get; init; }

    /// <summary>True when DHCP gives the address, so that a factory reset does not lose it (p.32).</summary>
    public bool ServerFromDhcp { get; init; } = true;

    /// <summary>Values that this phone has beside those of its model.</summary>
    public IReadOnlyDictionary<string, string> Items { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>The recorded phone that this one is, or null.</summary>
    public Protocol.Recordings.Recording? Recording { get; init; }

    /// <summary>Most items a fragment, null for the byte limit alone.</summary>
    public int? FragmentItems { get; init; }

    /// <summary>Most bytes a message (p.69).</summary>
    public int FragmentBytes { get; init; } = 50 * 1024;
}
