namespace OpenStage.Server.Admin;

/// <summary>A job to be created.</summary>
public sealed record NewJob
{
    /// <summary>MAC address of the phone, such as 00:1A:E8:00:00:01.</summary>
    public string? Mac { get; init; }

    /// <summary>ReadAllItems, ReadItems, WriteItems, Restart, FileDeployment, SoftwareDeployment, SecureMode or Contact.</summary>
    public string? Kind { get; init; }

    /// <summary>Items to be read or written; of Restart the two of a factory reset.</summary>
    public IReadOnlyList<NewJobItem>? Items { get; init; }

    /// <summary>Files of a FileDeployment, 1 to 100; of a SoftwareDeployment exactly one.</summary>
    public IReadOnlyList<NewJobFile>? Files { get; init; }

    /// <summary>The image of a SoftwareDeployment.</summary>
    public NewJobSoftware? Software { get; init; }

    /// <summary>Sends firmware also to a phone of another model than the library says that it is for.</summary>
    public bool Force { get; init; }

    /// <summary>Items to be read after a WriteItems, in the same interaction.</summary>
    public IReadOnlyList<NewJobItem>? ReadBack { get; init; }

    /// <summary>-100 to 100, default 0; of two jobs of one phone the higher is done first.</summary>
    public int Priority { get; init; }

    /// <summary>The phone is not contacted for the job before; default is at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>How long the job may take, 1 to 31536000 s; default 7 days.</summary>
    public double? LifetimeSeconds { get; init; }
}
