using OpenStage.Server.Jobs;

namespace OpenStage.Server.Pages.JobPages;

/// <summary>What the page of one job shows.</summary>
/// <param name="Rows">At most 500 of its items.</param>
/// <param name="Items">All of its items.</param>
public sealed record JobModel(Job Job, IReadOnlyList<JobItemRow> Rows, int Items);
