using OpenStage.Server.Admin;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Pages.JobPages;

/// <summary>One item of a job, secrets masked.</summary>
/// <param name="Asked">What was asked for, or null for an item that the phone gave unasked, as when all are read.</param>
/// <param name="Given">What the phone answered, or null.</param>
public sealed record JobItemRow(string Name, ItemView? Asked, ItemView? Given)
{
    internal static IReadOnlyList<JobItemRow> Of(Job job)
    {
        var view = JobView.Of(job);
        var given = job.Results.Zip(view.Results).GroupBy(pair => pair.First.Key).ToDictionary(pair => pair.Key, pair => pair.Last().Second);
        var rows = job.Items.Zip(view.Items)
            .Select(pair => new JobItemRow(pair.First.Key.ToString(), pair.Second, given.GetValueOrDefault(pair.First.Key))).ToList();
        var asked = job.Items.Select(item => item.Key).ToHashSet();
        rows.AddRange(given.Where(pair => !asked.Contains(pair.Key)).Select(pair => new JobItemRow(pair.Key.ToString(), null, pair.Value)));
        return rows;
    }
}
