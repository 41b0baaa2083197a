using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;
using OpenStage.Server.Templates;

namespace OpenStage.Server.Campaigns;

/// <summary>
/// Brings one campaign on, within one transaction that holds its row: of several nodes one at a time, and a phone has its
/// job exactly when it is marked as released.
/// </summary>
internal sealed class CampaignSteps(JobQueue queue, TemplateResolver templates, TimeProvider time)
{
    /// <summary>Phones released in one transaction: others wait for it.</summary>
    private const int MostAtOnce = 50;

    public CampaignStep Take(StoreSession session, long id)
    {
        var jobs = new List<Job>();
        if (session.LockCampaign(id) is not { } campaign)
            return new CampaignStep(0, jobs);
        var now = time.GetUtcNow();
        var counts = session.CampaignCounts(campaign);
        var plan = CampaignPlan.Next(campaign, counts, now);
        if (plan.End is { } end)
            session.Save(campaign.To(end, now, plan.Why));
        else if (campaign.Withdrawing && counts.Open == 0)
            session.Save(campaign with { Withdrawing = false });
        if (plan.Release == 0)
            return new CampaignStep(0, jobs);

        var phones = session.WaitingPhones(id, Math.Min(plan.Release, MostAtOnce));
        var all = campaign.Content.IsFromTemplates ? session.Templates() : [];
        foreach (var mac in phones)
        {
            if (Release(session, campaign, all, mac) is { } job)
                jobs.Add(job);
        }

        session.Save(campaign.Released(jobs.Count, now));
        return new CampaignStep(phones.Count, jobs);
    }

    private Job? Release(StoreSession session, Campaign campaign, IReadOnlyList<ItemTemplate> all, string mac)
    {
        IReadOnlyList<Item>? items = null;
        var why = "";
        if (campaign.Content.IsFromTemplates)
        {
            (items, var missing) = templates.Items(session, all, mac, campaign.Content.TemplateName);
            why = missing ?? "";
        }
        else if (session.Device(mac) is null)
            why = "the phone is not known any more";

        if (why.Length == 0)
        {
            try
            {
                var request = campaign.Content.For(mac, items) with { Campaign = campaign.Id, CreatedBy = campaign.CreatedBy };
                var job = queue.Create(session, request);
                session.Released(campaign.Id, mac, job.Id);
                return job;
            }
            catch (RequestException refused)
            {
                // Allowed when the campaign was made, but not for this phone, or not any more; nothing was stored.
                why = refused.Message;
            }
        }

        session.Impossible(campaign.Id, mac, why);
        return null;
    }
}
