namespace OpenStage.Server.Admin;

/// <summary>A job to be created.</summary>
public sealed record NewJob
{
    /// <summary>MAC address of the phone, such as 00:1A:E8:00:00:01.</summary>
    public string? Mac { get; init; }

    /// <summary>ReadAllItems, ReadItems, WriteItems, Restart or Contact.</summary>
    public string? Kind { get; init; }

    public IReadOnlyList<NewJobItem>? Items { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>How long the job may take, in seconds; default 7 days.</summary>
    public double? LifetimeSeconds { get; init; }
}
