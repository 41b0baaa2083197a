using System.Globalization;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Campaigns;

/// <summary>All campaigns; each change is on disk before it is told about, and the runner acts on what is there.</summary>
internal sealed class CampaignBook(Database database, TimeProvider time)
{
    private static readonly CampaignContent NoContent = new() { Kind = JobKind.Contact };

    /// <summary>Campaigns, the newest first, with how far they are.</summary>
    public (long Total, IReadOnlyList<(Campaign Campaign, CampaignProgress Progress)> Campaigns) List(CampaignState? state, int skip, int top) =>
        database.Read(session => (session.CountCampaigns(state),
            (IReadOnlyList<(Campaign, CampaignProgress)>)[.. session.Campaigns(state, skip, top).Select(campaign => WithProgress(session, campaign))]));

    /// <summary>A campaign, with how far it is.</summary>
    /// <exception cref="RequestException">There is none of this number.</exception>
    public (Campaign Campaign, CampaignProgress Progress) Get(long id) =>
        database.Read(session => WithProgress(session, session.Campaign(id) ?? throw NotFound(id)));

    /// <summary>Phones of a campaign in the order of their release; none before it starts.</summary>
    /// <exception cref="RequestException">There is none of this number.</exception>
    public (long Total, IReadOnlyList<CampaignPhone> Phones) Phones(long id, CampaignPhoneState? state, int skip, int top) => database.Read(session =>
    {
        if (session.Campaign(id) is null)
            throw NotFound(id);
        return (session.CountCampaignPhones(id, state), session.CampaignPhones(id, state, skip, top));
    });

    /// <summary>Phones that a filter finds now: how many, and the first ones.</summary>
    /// <exception cref="RequestException">Something in the filter is not allowed.</exception>
    public (long Count, IReadOnlyList<Device> First) Preview(CampaignFilter? asked, int top)
    {
        var filter = CampaignCheck.Filter(asked).ToDevices();
        return database.Read(session => (session.CountDevices(filter), session.Devices(filter with { Top = top })));
    }

    /// <param name="by">Who makes it.</param>
    /// <exception cref="RequestException">Something is not allowed.</exception>
    public (Campaign Campaign, CampaignProgress Progress) Create(NewCampaign asked, string by)
    {
        var now = time.GetUtcNow();
        var draft = CampaignCheck.Campaign(asked, new Campaign
        {
            Id = 0,
            Name = "",
            Content = NoContent,
            Filter = new CampaignFilter(),
            CreatedBy = by,
            Created = now,
        }).Note(now, By("created", by));
        return database.Write(session =>
        {
            var created = draft with { Id = session.NextCampaignId() };
            session.Save(created);
            return WithProgress(session, created);
        });
    }

    /// <summary>Changes a draft.</summary>
    /// <exception cref="RequestException">There is none of this number, it is no draft, or something is not allowed.</exception>
    public (Campaign Campaign, CampaignProgress Progress) Update(long id, NewCampaign asked, string by) => Change(id, "changed", [CampaignState.Draft],
        (_, campaign, now) => CampaignCheck.Campaign(asked, campaign).Note(now, By("changed", by)));

    /// <summary>Chooses the phones and begins to release them.</summary>
    /// <exception cref="RequestException">There is none of this number, it is no draft, or its filter finds no phone.</exception>
    public (Campaign Campaign, CampaignProgress Progress) Start(long id, string by) => Change(id, "started", [CampaignState.Draft], (session, campaign, now) =>
    {
        var phones = session.ChoosePhones(id, campaign.Filter.ToDevices());
        if (phones == 0)
            throw RequestException.Conflict("filter", "no phone", "one that finds at least one phone");
        var why = string.Create(CultureInfo.InvariantCulture, $"started for {phones} {(phones == 1 ? "phone" : "phones")}");
        return (campaign with { Phones = phones }).To(CampaignState.Running, now, By(why, by));
    });

    /// <summary>Releases no more phones until it is resumed; open jobs go on.</summary>
    /// <exception cref="RequestException">There is none of this number, or it does not run.</exception>
    public (Campaign Campaign, CampaignProgress Progress) Pause(long id, string by) => Change(id, "paused", [CampaignState.Running],
        (_, campaign, now) => campaign.To(CampaignState.Paused, now, By("paused", by)));

    /// <exception cref="RequestException">There is none of this number, or it is not paused.</exception>
    public (Campaign Campaign, CampaignProgress Progress) Resume(long id, string by) => Change(id, "resumed", [CampaignState.Paused],
        (_, campaign, now) => campaign.To(CampaignState.Running, now, By("resumed", by)));

    /// <summary>Ends it: jobs that no phone is working at are cancelled, the others go on.</summary>
    /// <exception cref="RequestException">There is none of this number, or it is not under way.</exception>
    public (Campaign Campaign, CampaignProgress Progress) Stop(long id, string by) => Change(id, "stopped", [CampaignState.Running, CampaignState.Paused],
        (_, campaign, now) => campaign.To(CampaignState.Stopped, now, By("stopped by hand", by)));

    /// <summary>Deletes a campaign that is not under way; its jobs stay.</summary>
    /// <exception cref="RequestException">There is none of this number, or it is under way.</exception>
    public void Delete(long id) => database.Write(session =>
    {
        var campaign = session.LockCampaign(id) ?? throw NotFound(id);
        if (campaign.State is CampaignState.Running or CampaignState.Paused || campaign.Withdrawing)
            throw RequestException.Conflict("state", campaign.Withdrawing ? "Stopped, with open jobs" : campaign.State.ToString(), "Draft, or Stopped or Done without open jobs, for one that is to be deleted");
        session.DeleteCampaign(id);
        return true;
    });

    private (Campaign Campaign, CampaignProgress Progress) Change(
        long id, string word, IReadOnlyList<CampaignState> allowed, Func<StoreSession, Campaign, DateTimeOffset, Campaign> change) => database.Write(session =>
    {
        var campaign = session.LockCampaign(id) ?? throw NotFound(id);
        if (!allowed.Contains(campaign.State))
            throw RequestException.Conflict("state", campaign.State.ToString(), $"{string.Join(" or ", allowed)} for one that is to be {word}");
        var changed = change(session, campaign, time.GetUtcNow());
        session.Save(changed);
        return WithProgress(session, changed);
    });

    private (Campaign Campaign, CampaignProgress Progress) WithProgress(StoreSession session, Campaign campaign) =>
        (campaign, CampaignProgress.Of(campaign, session.CampaignCounts(campaign), time.GetUtcNow()));

    private static string By(string what, string by) => by.Length == 0 ? what : $"{what} by {by}";

    private static RequestException NotFound(long id) =>
        RequestException.NotFound("id", id.ToString(CultureInfo.InvariantCulture), "the id of a campaign in /api/campaigns");
}
