namespace OpenStage.Harness.Reports;

/// <summary>What a run was about: a phone, or in the server suite a provisioning service, which has no MAC.</summary>
public sealed record PhoneEntry
{
    public required string Id { get; init; }

    public required string Mac { get; init; }

    public required string Model { get; init; }

    public required string Firmware { get; init; }

    /// <summary>Where a phone takes contact-me requests, or a service its messages.</summary>
    public required string Address { get; init; }

    /// <summary>Where the lab had a phone post to; empty for a service.</summary>
    public string ServerUrl { get; init; } = "";

    /// <summary>emulated, physical or service.</summary>
    public required string Kind { get; init; }

    /// <summary>Why its passes prove little, such as that it says yes to what does not exist; empty when there is no doubt.</summary>
    public string Doubt { get; init; } = "";

    public IReadOnlyList<string> Quirks { get; init; } = [];
}
