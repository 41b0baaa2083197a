using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Phones;

/// <summary>What of a phone's items has still to be written.</summary>
internal static class PhoneItems
{
    /// <summary>
    /// The items that differ from what the phone is known to have once its open jobs are done. Secrets, which phones do not
    /// tell, count as known when the job that brought them is open or was accepted.
    /// </summary>
    public static IReadOnlyList<Item> Missing(StoreSession session, UserPhone phone, IReadOnlyList<Item> wanted)
    {
        var known = new Dictionary<ItemKey, string>();
        foreach (var item in session.Items(phone.Mac).Where(item => item.Status.Length == 0))
            known[new ItemKey(item.Name, item.Index)] = item.Value;
        foreach (var given in phone.Given.Where(given => IsTaken(session.Job(given.Job), given.Name)))
        {
            if (string.IsNullOrEmpty(known.GetValueOrDefault(new ItemKey(given.Name))))
                known[new ItemKey(given.Name)] = given.Value;
        }

        // In the order in which they are done: the last word counts.
        foreach (var job in session.OpenJobs(phone.Mac).Where(job => job is { Kind: JobKind.WriteItems, CancelRequested: false })
            .OrderByDescending(job => job.Priority).ThenBy(job => job.Id))
        {
            foreach (var item in job.Remaining())
                known[item.Key] = item.Value;
        }

        return [.. wanted.Where(item => !known.TryGetValue(item.Key, out var value) || !Same(item.Value, value))];
    }

    /// <summary>The secrets of a job, beside those that earlier jobs brought.</summary>
    public static IReadOnlyList<GivenSecret> Given(IReadOnlyList<GivenSecret> before, Job job)
    {
        var secrets = job.Items.Where(item => SecretItems.IsSecret(item.Name)).ToList();
        return
        [
            .. before.Where(given => secrets.TrueForAll(item => item.Name != given.Name)),
            .. secrets.Select(item => new GivenSecret(item.Name, item.Value, job.Id)),
        ];
    }

    private static bool IsTaken(Job? job, string name) => job is not null
        && job.Results.Any(result => result.Name == name && !result.Failed);

    /// <summary>The text NULL is the same as none (field), and a phone may spell true with a capital.</summary>
    private static bool Same(string wanted, string known) => Plain(wanted).Equals(Plain(known), StringComparison.Ordinal)
        || (wanted is "true" or "false" && wanted.Equals(known, StringComparison.OrdinalIgnoreCase));

    private static string Plain(string value) => value == "NULL" ? "" : value;
}
