using Dapper;
using OpenStage.Server.Campaigns;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Storage;

internal sealed partial class StoreSession
{
    private const string PhoneJoin =
        "FROM campaign_phones p LEFT JOIN jobs j ON j.id = p.job LEFT JOIN devices d ON d.mac = p.mac WHERE p.campaign = @campaign";

    public long NextCampaignId() => NextId("campaigns");

    public Campaign? Campaign(long id) => One<Campaign>("campaigns", "SELECT body FROM campaigns WHERE id = @id", new { id });

    /// <summary>A campaign that no other node changes until this transaction is over, or null.</summary>
    public Campaign? LockCampaign(long id)
    {
        // Write first, then read: what another node had under way is read as that node left it.
        Execute("UPDATE campaigns SET state = state WHERE id = @id", new { id });
        return Campaign(id);
    }

    /// <summary>Campaigns, the newest first.</summary>
    public IReadOnlyList<Campaign> Campaigns(CampaignState? state, int skip, int top) => Many<Campaign>(
        "campaigns", $"SELECT body FROM campaigns {(state is null ? "" : "WHERE state = @state")} ORDER BY id DESC LIMIT @top OFFSET @skip",
        new { state = state?.ToString(), skip, top });

    public long CountCampaigns(CampaignState? state) => Scalar<long>(
        $"SELECT count(*) FROM campaigns {(state is null ? "" : "WHERE state = @state")}", new { state = state?.ToString() });

    /// <summary>Campaigns that have something left to do.</summary>
    public IReadOnlyList<long> CampaignsUnderWay() => Column<long>("SELECT id FROM campaigns WHERE under_way = 1 ORDER BY id");

    public void Save(Campaign campaign)
    {
        Execute(
            "INSERT INTO campaigns (id, state, under_way, body) VALUES (@Id, @state, @underWay, @body) "
            + "ON CONFLICT (id) DO UPDATE SET state = excluded.state, under_way = excluded.under_way, body = excluded.body",
            new
            {
                campaign.Id,
                state = campaign.State.ToString(),
                underWay = campaign.State is CampaignState.Running or CampaignState.Paused || campaign.Withdrawing ? 1 : 0,
                body = Sealed("campaigns", campaign),
            });
        Tell($"campaign:{campaign.Id}");
    }

    public void DeleteCampaign(long id)
    {
        Execute("DELETE FROM campaign_phones WHERE campaign = @id", new { id });
        Execute("DELETE FROM campaigns WHERE id = @id", new { id });
        Tell($"campaign:{id}");
    }

    /// <summary>Chooses the phones of a campaign, in order of their MAC addresses.</summary>
    /// <returns>How many.</returns>
    public int ChoosePhones(long campaign, DeviceFilter filter)
    {
        var parameters = new DynamicParameters(Parameters(filter));
        parameters.Add("campaign", campaign);
        return Execute(
            "INSERT INTO campaign_phones (campaign, mac, position, state) "
            + $"SELECT @campaign, devices.mac, row_number() OVER (ORDER BY devices.mac), 'Waiting' {Chosen(filter)}", parameters);
    }

    public CampaignCounts CampaignCounts(Campaign campaign)
    {
        var phones = Groups("SELECT state, count(*) FROM campaign_phones WHERE campaign = @Id GROUP BY state", campaign.Id);
        var jobs = Groups("SELECT state, count(*) FROM jobs WHERE campaign = @Id GROUP BY state", campaign.Id);
        var succeeded = jobs.GetValueOrDefault(nameof(JobState.Succeeded));
        var partly = jobs.GetValueOrDefault(nameof(JobState.PartlyFailed));
        var failed = jobs.GetValueOrDefault(nameof(JobState.Failed));
        var expired = jobs.GetValueOrDefault(nameof(JobState.Expired));
        var open = jobs.Where(state => !Enum.Parse<JobState>(state.Key).IsFinal()).Sum(state => state.Value);
        var released = phones.GetValueOrDefault("Released");
        return new CampaignCounts
        {
            Total = campaign.Phones,
            Waiting = phones.GetValueOrDefault("Waiting"),
            Open = open,
            Succeeded = succeeded,
            PartlyFailed = partly,
            Failed = failed + phones.GetValueOrDefault("Impossible"),
            Expired = expired,
            // What is released and has no job any more was removed with it.
            Cancelled = Math.Max(0, released - open - succeeded - partly - failed - expired),
        };
    }

    /// <summary>The next phones that are not released yet, in their order.</summary>
    public IReadOnlyList<string> WaitingPhones(long campaign, int top) => Column<string>(
        "SELECT mac FROM campaign_phones WHERE campaign = @campaign AND state = 'Waiting' ORDER BY position LIMIT @top", new { campaign, top });

    /// <summary>A phone got its job, which is stored in the same transaction.</summary>
    public void Released(long campaign, string mac, long job) => Decided(campaign, mac, "Released", job, null);

    /// <summary>No job could be made for a phone.</summary>
    public void Impossible(long campaign, string mac, string why) =>
        Decided(campaign, mac, "Impossible", null, Sealed("campaign_phones", new WhyNot(why)));

    /// <summary>Jobs of a campaign that no phone is working at.</summary>
    public IReadOnlyList<long> WithdrawableJobs(long campaign) => Column<long>(
        "SELECT id FROM jobs WHERE campaign = @campaign AND state IN ('Pending', 'Contacting', 'WaitingForIdle') ORDER BY id", new { campaign });

    /// <summary>Phones of a campaign in their order.</summary>
    public IReadOnlyList<CampaignPhone> CampaignPhones(long campaign, CampaignPhoneState? state, int skip, int top)
    {
        var rows = Connection.Query<PhoneRow>(
            "SELECT p.mac AS Mac, p.position AS Position, p.state AS State, p.job AS Job, p.body AS Why, j.body AS JobBody, "
            + $"d.model AS Model, d.location AS Location {PhoneJoin} {Test(state)} ORDER BY p.position LIMIT @top OFFSET @skip",
            new { campaign, skip, top });
        return [.. rows.Select(Phone)];
    }

    public long CountCampaignPhones(long campaign, CampaignPhoneState? state) =>
        Scalar<long>($"SELECT count(*) {PhoneJoin} {Test(state)}", new { campaign });

    private void Decided(long campaign, string mac, string state, long? job, byte[]? body)
    {
        var count = Execute(
            "UPDATE campaign_phones SET state = @state, job = @job, body = @body WHERE campaign = @campaign AND mac = @mac AND state = 'Waiting'",
            new { campaign, mac, state, job, body });
        if (count != 1)
            throw new InvalidOperationException($"{mac} is released already.");
    }

    private Dictionary<string, int> Groups(string sql, long id) =>
        Connection.Query<(string State, long Count)>(sql, new { Id = id }).ToDictionary(row => row.State, row => (int)row.Count);

    private static string Test(CampaignPhoneState? state) => state switch
    {
        null => "",
        CampaignPhoneState.Waiting => "AND p.state = 'Waiting'",
        CampaignPhoneState.Open => "AND j.is_final = 0",
        CampaignPhoneState.Failed => "AND (p.state = 'Impossible' OR j.state = 'Failed')",
        CampaignPhoneState.Cancelled => "AND p.state = 'Released' AND (j.state IS NULL OR j.state = 'Cancelled')",
        _ => $"AND j.state = '{state}'",
    };

    private CampaignPhone Phone(PhoneRow row)
    {
        var job = row.JobBody is null ? null : Opened<Job>("jobs", row.JobBody);
        var why = row.Why is not null ? Opened<WhyNot>("campaign_phones", row.Why).Text
            : row.State == "Released" && job is null ? "its job was removed"
            : job?.History is [.., var last] ? last.Text
            : "";
        var state = row.State switch
        {
            "Waiting" => CampaignPhoneState.Waiting,
            "Impossible" => CampaignPhoneState.Failed,
            _ when job is null => CampaignPhoneState.Cancelled,
            _ when job.State.IsFinal() => Enum.Parse<CampaignPhoneState>(job.State.ToString()),
            _ => CampaignPhoneState.Open,
        };
        return new CampaignPhone(row.Mac, (int)row.Position, row.Model ?? "", row.Location ?? "", state, row.Job, job?.State, why);
    }

    /// <summary>Why no job could be made.</summary>
    private sealed record WhyNot(string Text);

    /// <summary>A phone of a campaign with its job, as they stand in the tables.</summary>
    private sealed class PhoneRow
    {
        public string Mac { get; init; } = "";

        public long Position { get; init; }

        public string State { get; init; } = "";

        public long? Job { get; init; }

        public byte[]? Why { get; init; }

        public byte[]? JobBody { get; init; }

        public string? Model { get; init; }

        public string? Location { get; init; }
    }
}
