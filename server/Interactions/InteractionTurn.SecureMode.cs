using System.Security.Cryptography;
using System.Text;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;
using OpenStage.Server.SecureMode;

namespace OpenStage.Server.Interactions;

/// <summary>From Default to Secure Mode (WPI guide p.62-68).</summary>
internal sealed partial class InteractionTurn
{
    private const string TanItem = "bootstrapping-tan";

    /// <summary>
    /// The job under which this phone comes to the secure port for the first time, with the certificate it was given. That
    /// it has the certificate shows that it took it, even when its reply was lost.
    /// </summary>
    private Job? Bootstrapped() => jobs.Values.FirstOrDefault(job => job.Kind == JobKind.SecureMode && !job.State.IsFinal()
        && job.Bootstrapping?.Thumbprint == input.ClientThumbprint);

    /// <summary>All of it in one message, for it belongs together (p.71).</summary>
    private DlsMessage Bootstrap(Job job)
    {
        Change(job.To(JobState.Running, input.Now, "WriteItems with goto-secure-mode sent"));
        return Ask(ServerAction.WriteItems, InteractionPurpose.Job, job.Id, job.Items);
    }

    /// <summary>The phone took certificates or secure-mode-data: it calls again on the secure port once it has its PIN.</summary>
    private DlsMessage BootstrapTaken(Job job, bool isRefused)
    {
        if (isRefused)
        {
            Change(job.To(JobState.Failed, input.Now, "the phone refused what it was given"));
            return Next();
        }

        Change(job.To(JobState.WaitingForStartUp, input.Now, "taken; the phone shall call on the secure port") with { Deadline = input.Now + input.SecureModeTimeout });
        PostponeOthers("the phone goes to Secure Mode first");
        return End();
    }

    /// <summary>Lets a phone in that has its certificate, or asks for the TAN first (p.67).</summary>
    private DlsMessage LetIn(Job job)
    {
        if (job.State != JobState.WaitingForStartUp)
            Change(job = job.To(JobState.WaitingForStartUp, input.Now, "the phone calls on the secure port, so it took what it was given") with { Deadline = input.Now + input.SecureModeTimeout });
        if (job.Bootstrapping!.Tan is not null)
            return Ask(ServerAction.ReadItems, InteractionPurpose.Tan, job.Id, [new Item(TanItem)]);
        Secured(job);
        return Registered();
    }

    private DlsMessage TanCame(Job job, IReadOnlyList<Item> items)
    {
        var tan = items.Where(item => item.Status == ItemStatus.None).Find(TanItem)?.Value.Trim() ?? "";
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(tan), Encoding.UTF8.GetBytes(job.Bootstrapping!.Tan!)))
        {
            Change(job.To(JobState.Failed, input.Now, "wrong TAN from device"));
            return End() with { Items = [new Item("cleanup-reason", "wrong TAN from device")] };
        }

        Secured(job);
        return Registered();
    }

    private void Secured(Job job)
    {
        device = device! with { SecureMode = new DeviceSecureMode(job.Bootstrapping!.Thumbprint, input.Now) };
        Change(job.To(JobState.Succeeded, input.Now, "the phone is in Secure Mode"));
    }

    /// <summary>
    /// A factory reset takes the phone's certificate with it, so the phone comes back in Default Mode. Only its call on
    /// the default port shows that it did: until then its certificate is still good.
    /// </summary>
    private void ExpectReturn(bool may)
    {
        if (device is { SecureMode: { } secure } known && secure.MayReturn != may)
            device = known with { SecureMode = secure with { MayReturn = may } };
    }

    /// <summary>A phone that was sent a factory reset calls: on the default port it was reset, with start-up on the secure port it was not.</summary>
    private void ReturnToDefaultMode()
    {
        if (input.ClientThumbprint.Length == 0)
            device = device! with { SecureMode = null };
        else if (message.Reason == ContactReason.StartUp)
            ExpectReturn(false);
    }

    /// <summary>The PIN was entered wrongly too often (p.83), or the phone gave up for another reason.</summary>
    private void BootstrapGivenUp(string reason)
    {
        foreach (var job in jobs.Values.Where(job => job is { Kind: JobKind.SecureMode, State: JobState.WaitingForStartUp }).ToList())
            Change(job.To(JobState.Failed, input.Now, $"the phone gave up: {reason}"));
    }
}
