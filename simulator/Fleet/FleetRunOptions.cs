namespace OpenStage.Simulator.Fleet;

/// <summary>How a fleet is run, beside what it is.</summary>
internal sealed record FleetRunOptions
{
    public FleetShard Shard { get; init; } = FleetShard.Whole;

    /// <summary>Port of the REST control, 0 for any free one; null for none.</summary>
    public int? ControlPort { get; init; }

    /// <summary>True to end when all questions are answered, false to go on until Ctrl-C.</summary>
    public bool Once { get; init; }

    /// <summary>Where the result is written, or null.</summary>
    public string? Output { get; init; }

    /// <summary>The administration of the service, or null.</summary>
    public Uri? Admin { get; init; }

    /// <summary>Its token; never shown.</summary>
    public string Token { get; init; } = "";
}
