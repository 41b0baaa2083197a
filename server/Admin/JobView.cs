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

    public required IReadOnlyList<ItemView> Items { get; init; }

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
        Items = [.. job.Items.Select(item => new ItemView(item.Name, item.Index, ItemView.Masked(item.Name, item.Value), "", null))],
        Results = [.. job.Results.Select(item => new ItemView(item.Name, item.Index, ItemView.Masked(item.Name, item.Value), item.Status, null))],
        History = job.History,
    };
}
