using OpenStage.Server.Description;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Admin;

/// <summary>A job to be created.</summary>
public sealed record NewJob
{
    /// <summary>MAC address of the phone, such as 00:1A:E8:00:00:01.</summary>
    [Allowed(IsNeeded = true, Longest = 32, Example = MacAddress.Example)]
    public string? Mac { get; init; }

    /// <summary>ReadAllItems, ReadItems, WriteItems, Restart, FileDeployment, SoftwareDeployment or Contact.</summary>
    [Allowed(IsNeeded = true, Names = typeof(JobKind), Except = nameof(JobKind.SecureMode))]
    public string? Kind { get; init; }

    /// <summary>Items to be read or written; of Restart the two of a factory reset.</summary>
    [Allowed(Longest = ItemListCheck.MostItems)]
    public IReadOnlyList<NewJobItem>? Items { get; init; }

    /// <summary>Files of a FileDeployment, 1 to 100; of a SoftwareDeployment exactly one.</summary>
    [Allowed(Longest = 100)]
    public IReadOnlyList<NewJobFile>? Files { get; init; }

    /// <summary>The image of a SoftwareDeployment.</summary>
    public NewJobSoftware? Software { get; init; }

    /// <summary>Sends firmware also to a phone of another model than the library says that it is for.</summary>
    public bool Force { get; init; }

    /// <summary>Items to be read after a WriteItems, in the same interaction.</summary>
    [Allowed(Longest = ItemListCheck.MostItems)]
    public IReadOnlyList<NewJobItem>? ReadBack { get; init; }

    /// <summary>-100 to 100, default 0; of two jobs of one phone the higher is done first.</summary>
    [Allowed(Least = -100, Most = 100)]
    public int Priority { get; init; }

    /// <summary>The phone is not contacted for the job before; default is at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>How long the job may take, 1 to 31536000 s; default 7 days.</summary>
    [Allowed(Least = 1, Most = 31_536_000)]
    public double? LifetimeSeconds { get; init; }
}
