using OpenStage.Server.Jobs;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.JobPages;

/// <summary>What the list of jobs shows.</summary>
public sealed record JobListModel(JobQuery Query, IReadOnlyList<Job> Jobs, Paging Paging);
