using Dapper;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Storage;

internal sealed partial class StoreSession
{
    public long NextJobId() => NextId("jobs");

    public Job? Job(long id) => One<Job>("jobs", "SELECT body FROM jobs WHERE id = @id", new { id });

    /// <summary>Jobs of a phone that are not over, in order of creation.</summary>
    public IReadOnlyList<Job> OpenJobs(string mac) => phones.Of(mac).OpenJobs ??=
        [.. statements.AllBytes(StoredPhone.OpenJobsQuery, ("@mac", mac)).Select(body => Opened<Job>("jobs", body))];

    /// <summary>Jobs, the newest first.</summary>
    public IReadOnlyList<Job> Jobs(JobFilter filter) => Many<Job>(
        "jobs", $"SELECT body FROM jobs {Where(filter)} ORDER BY id DESC LIMIT @Top OFFSET @Skip", Parameters(filter));

    public long CountJobs(JobFilter filter) => Scalar<long>($"SELECT count(*) FROM jobs {Where(filter)}", Parameters(filter));

    /// <summary>How many jobs of each of these phones are not over; phones without any are left out.</summary>
    public IReadOnlyDictionary<string, long> CountOpenJobs(IReadOnlyCollection<string> macs)
    {
        var counts = new Dictionary<string, long>();
        // In portions: a statement takes a limited number of parameters.
        foreach (var some in macs.Chunk(500))
        {
            foreach (var (mac, count) in Connection.Query<(string, long)>(
                "SELECT mac, count(*) FROM jobs WHERE is_final = 0 AND mac IN @some GROUP BY mac", new { some }))
                counts.Add(mac, count);
        }

        return counts;
    }

    public void Save(Job job)
    {
        statements.Run(
            "INSERT INTO jobs (id, mac, kind, state, is_final, campaign, body) VALUES (@Id, @Mac, @kind, @state, @final, @Campaign, @body) "
            + "ON CONFLICT (id) DO UPDATE SET state = excluded.state, is_final = excluded.is_final, body = excluded.body",
            ("@Id", job.Id),
            ("@Mac", job.Mac),
            ("@kind", job.Kind.ToString()),
            ("@state", job.State.ToString()),
            ("@final", job.State.IsFinal() ? 1 : 0),
            ("@Campaign", job.Campaign),
            ("@body", Sealed("jobs", job)));
        var phone = Changing(job.Mac);
        if (phone.OpenJobs is { } open)
            phone.OpenJobs = [.. open.Where(other => other.Id != job.Id).Concat(job.State.IsFinal() ? [] : [job]).OrderBy(other => other.Id)];
        Tell($"job:{job.Id}");
        if (job.Campaign is { } campaign)
            Tell($"campaign:{campaign}");
    }

    private static string Where(JobFilter filter)
    {
        List<string> tests = [];
        if (filter.Mac is not null)
            tests.Add("mac = @Mac");
        if (filter.State is not null)
            tests.Add("state = @state");
        if (filter.Kind is not null)
            tests.Add("kind = @kind");
        if (filter.Campaign is not null)
            tests.Add("campaign = @Campaign");
        if (filter.IsOver is not null)
            tests.Add("is_final = @final");
        return tests.Count == 0 ? "" : $"WHERE {string.Join(" AND ", tests)}";
    }

    private static object Parameters(JobFilter filter) => new
    {
        filter.Mac,
        state = filter.State?.ToString(),
        kind = filter.Kind?.ToString(),
        filter.Campaign,
        final = filter.IsOver == true ? 1 : 0,
        filter.Top,
        filter.Skip,
    };
}
