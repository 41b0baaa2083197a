using OpenStage.Server.Jobs;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Phones;

/// <summary>Makes jobs of what phones of users shall be.</summary>
internal sealed class PhoneProvisioning(PhoneParts parts)
{
    /// <summary>A phone may be plugged in long after it was entered.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    public string Url => new UriBuilder(parts.PhoneUrl()) { Host = parts.Options.AdvertisedAddress ?? parts.PhoneUrl().Host }.Uri.AbsoluteUri;

    /// <summary>Stores a phone with a job for the items that it lacks, and with its redirect.</summary>
    /// <returns>The job, or null when nothing differs.</returns>
    public Job? Provision(StoreSession session, UserPhone phone, PhoneUser user, string by)
    {
        var settings = new PhoneSettings(phone, user, new ProfileSource(session).Of(phone), session.Network());
        var missing = PhoneItems.Missing(session, phone, PhoneFieldTable.Items(settings));
        Job? job = null;
        if (missing.Count > 0)
        {
            job = parts.Jobs.Create(session, new JobRequest
            {
                Mac = phone.Mac,
                Kind = JobKind.WriteItems,
                Items = missing,
                Lifetime = Lifetime,
                CreatedBy = by,
            });
            phone = phone with { Given = PhoneItems.Given(phone.Given, job) };
        }

        session.Save(phone);
        Redirect(session, phone, phone.Rps == true);
        return job;
    }

    /// <summary>Takes a phone from its user, with a job that empties the user's items.</summary>
    public Job? Release(StoreSession session, UserPhone phone, string by)
    {
        session.Delete(phone);
        Redirect(session, phone, false);
        var device = session.Device(phone.Mac);
        // What waits to be written is of the user that the phone no longer has.
        var open = session.OpenJobs(phone.Mac).Any(job => job.Kind == JobKind.WriteItems);
        var missing = PhoneItems.Missing(session, phone, PhoneFieldTable.NoUser);
        if (missing.Count == 0 || (device is null && !open))
            return null;
        return parts.Jobs.Create(session, new JobRequest
        {
            Mac = phone.Mac,
            Kind = JobKind.WriteItems,
            Items = missing,
            Lifetime = Lifetime,
            CreatedBy = by,
        });
    }

    /// <summary>Provisions a phone anew, when a user has it.</summary>
    /// <returns>False when no user has a phone of this MAC address.</returns>
    public bool Reprovision(string mac, string by)
    {
        var (found, job) = parts.Database.Write(mac, session => session.UserPhoneByMac(mac) is { } phone
            ? (true, Provision(session, phone, session.PhoneUser(phone.UserId)!, by))
            : (false, null));
        Announce(job);
        return found;
    }

    public void Announce(Job? job)
    {
        if (job is not null)
            parts.Jobs.Tell([job]);
    }

    private void Redirect(StoreSession session, UserPhone phone, bool isWanted)
    {
        var before = session.Redirect(phone.Mac);
        if (before is null && !isWanted)
            return;
        var after = new PhoneRedirect
        {
            Mac = phone.Mac,
            IsWanted = isWanted,
            Url = Url,
            SerialNumber = phone.SerialNumber,
            Due = parts.Time.GetUtcNow(),
            Revision = 0,
        };
        var isSame = before is not null && before.State != RedirectState.Failed && before.IsWanted == isWanted
            && (!isWanted || (before.Url == after.Url && before.SerialNumber == after.SerialNumber));
        if (!isSame)
            session.Save(after with { Revision = session.NextId("redirects") });
    }
}
