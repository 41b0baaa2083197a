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

    /// <summary>Firmware such as V3 R3.24.0; null for the newest of the model.</summary>
    public string? Firmware { get; init; }

    /// <summary>The phone's own loopback address, unique in the lab; null for the next free one from 127.20.0.1 on.</summary>
    public string? Address { get; init; }

    /// <summary>Names of the quirks that the emulated phone wears.</summary>
    public IReadOnlyList<string> Quirks { get; init; } = [];

    /// <summary>Most items a fragment of the emulated phone; null for the guide's byte limit alone.</summary>
    public int? FragmentItems { get; init; }
}
