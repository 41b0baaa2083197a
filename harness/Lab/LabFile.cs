namespace OpenStage.Harness.Lab;

/// <summary>What a lab consists of: the server, and the phones and services under test. See lab-config/lab.schema.json.</summary>
public sealed record LabFile
{
    /// <summary>Path as the user gave it.</summary>
    public required string File { get; init; }

    public string Title { get; init; } = "";

    /// <summary>Seed of everything random in a run; the command line may give another.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How long a phone may take for what it has to do, in seconds of lab time, 1 to 3600. Default 30.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    public LabServer Server { get; init; } = new();

    public required IReadOnlyList<LabPhone> Phones { get; init; }

    /// <summary>Services under test, which the lab does not start.</summary>
    public IReadOnlyList<LabService> Services { get; init; } = [];
}
