using OpenStage.Harness.Phones;

namespace OpenStage.Harness.Lab;

/// <summary>One phone under test.</summary>
public sealed record LabPhone
{
    /// <summary>Short name, unique in the lab; letters, digits, '-', '_' and '.'.</summary>
    public required string Id { get; init; }

    /// <summary>MAC address in the form 00:1A:E8:00:00:01, unique in the lab.</summary>
    public required string Mac { get; init; }

    /// <summary>Device type such as OpenStage 40 (WPI guide p.35).</summary>
    public required string Model { get; init; }

    public PhoneKind Kind { get; init; }

    /// <summary>Firmware of an emulated phone, such as V3 R3.24.0; null for the newest of the model.</summary>
    public string? Firmware { get; init; }

    /// <summary>
    /// The phone's own address, unique in the lab. Null: an emulated phone gets the next free loopback address from
    /// 127.20.0.1 on, a physical one is waited for until it starts up.
    /// </summary>
    public string? Address { get; init; }

    /// <summary>Names of the quirks that the emulated phone wears.</summary>
    public IReadOnlyList<string> Quirks { get; init; } = [];

    /// <summary>Most items a fragment of the emulated phone; null for the guide's byte limit alone.</summary>
    public int? FragmentItems { get; init; }

    /// <summary>Names of items that the emulated phone does not have though its model does; for small reproductions.</summary>
    public IReadOnlyList<string> WithoutItems { get; init; } = [];

    /// <summary>The recorded phone that the emulated one is to be; null for a phone by its model.</summary>
    public Protocol.Recordings.Recording? Recording { get; init; }

    /// <summary>Firmware that a physical phone may have; empty for any.</summary>
    public IReadOnlyList<string> FirmwareAllowed { get; init; } = [];

    /// <summary>Who is to be asked about a physical phone.</summary>
    public string Owner { get; init; } = "";

    /// <summary>What may be done with the phone; an emulated one is nobody's.</summary>
    public Consent Consent { get; init; } = Consent.All;

    /// <summary>What a physical phone can do beside what its firmware and the actuators say.</summary>
    public Capability Capabilities { get; init; }

    public LabActuators Actuators { get; init; } = LabActuators.None;
}
