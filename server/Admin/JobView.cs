using OpenStage.Server.Deployment;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Admin;

/// <summary>A job as it may be shown: secrets masked.</summary>
public sealed record JobView
{
    public required long Id { get; init; }

    public required string Mac { get; init; }

    public required JobKind Kind { get; init; }

    public required JobState State { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public required int Attempts { get; init; }

    /// <summary>-100 to 100; of two jobs of one phone the higher is done first.</summary>
    public required int Priority { get; init; }

    /// <summary>Number of the campaign that the job is of, or null.</summary>
    public required long? Campaign { get; init; }

    /// <summary>Who asked for it; empty for the server itself.</summary>
    public required string CreatedBy { get; init; }

    public required IReadOnlyList<ItemView> Items { get; init; }

    /// <summary>Files of a deployment.</summary>
    public required IReadOnlyList<JobFileView> Files { get; init; }

    /// <summary>The image of a SoftwareDeployment, or null.</summary>
    public required SoftwareImage? Software { get; init; }

    /// <summary>Items that are read after a write.</summary>
    public required IReadOnlyList<ItemView> ReadBack { get; init; }

    public required IReadOnlyList<ItemView> Results { get; init; }

    public required IReadOnlyList<JobHistoryLine> History { get; init; }

    internal static JobView Of(Job job) => new()
    {
        Id = job.Id,
        Mac = job.Mac,
        Kind = job.Kind,
        State = job.State,
        Created = job.Created,
        NotBefore = job.NotBefore,
        Expires = job.Expires,
        Attempts = job.Attempts,
        Priority = job.Priority,
        Campaign = job.Campaign,
        CreatedBy = job.CreatedBy,
        Items = [.. job.Items.Select(item => new ItemView(item.Name, item.Index, ItemView.Masked(item.Name, item.Value), "", null))],
        Files = [.. job.Files.Select(JobFileView.Of)],
        Software = job.Software,
        ReadBack = [.. job.ReadBack.Select(item => new ItemView(item.Name, item.Index, "", "", null))],
        Results = [.. job.Results.Select(item => new ItemView(item.Name, item.Index, ItemView.Masked(item.Name, item.Value), item.Status, null))],
        History = job.History,
    };
}
