using System.Globalization;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Interactions;

/// <summary>The handling of one message: local to one call of the machine.</summary>
internal sealed partial class InteractionTurn
{
    private readonly WorkpointMessage message;
    private readonly InteractionInput input;
    private readonly SortedDictionary<long, Job> jobs;
    private readonly List<InteractionEffect> effects = [];
    private readonly HashSet<long> changedJobs = [];
    private Device? device;

    public InteractionTurn(InteractionState state, WorkpointMessage message, InteractionInput input)
    {
        State = state;
        this.message = message;
        this.input = input;
        device = input.Device;
        mobileUser = input.MobileUser;
        jobs = [];
        foreach (var job in input.Jobs)
            jobs.Add(job.Id, job);
    }

    public InteractionState State { get; private set; }

    /// <summary>When all items of the phone were last read; null means never.</summary>
    public DateTimeOffset? AllItemsRead => device?.ItemsRead;

    public IReadOnlyList<InteractionEffect> Effects =>
    [
        .. effects,
        .. device is { } known && known != input.Device ? [new InteractionEffect.DeviceChanged(known)] : Array.Empty<InteractionEffect>(),
        .. changedJobs.Order().Select(id => new InteractionEffect.JobChanged(jobs[id])),
    ];

    private Job? Current => State.Job is { } id && jobs.TryGetValue(id, out var job) ? job : null;

    /// <summary>An initiating message: the phone registers, or calls, or reports (WPI guide p.28).</summary>
    public DlsMessage Begin()
    {
        State = State with { Reason = message.Reason, MaxItems = message.MaxItems };
        device = DeviceFacts.Seen(input.Device, State.Mac, message, input.Address, input.Now);
        if (device.SecureMode is { MayReturn: true })
            ReturnToDefaultMode();
        if (message.Items is { Count: > 0 } items)
            effects.Add(new InteractionEffect.ItemsLearned(items, All: false, input.BodyHash));
        if (input.ClientThumbprint.Length > 0 && device.SecureMode?.Thumbprint != input.ClientThumbprint
            && (message.Reason != ContactReason.StartUp || Bootstrapped() is null))
        {
            Observe("secure-port-certificate", "the certificate of this phone", "another one of the server's authority", 64);
            return End();
        }

        return message.Reason switch
        {
            ContactReason.StartUp => StartUp(),
            ContactReason.Solicited => Solicited(),
            ContactReason.LocalChanges => LocalChanges(),
            ContactReason.InventoryChanges => InventoryChanges(),
            ContactReason.Status => Status(),
            _ => End(),
        };
    }

    private DlsMessage StartUp()
    {
        foreach (var job in jobs.Values.Where(job => job is { State: JobState.WaitingForStartUp, Kind: not JobKind.SecureMode }).ToList())
        {
            if (job.Kind == JobKind.SoftwareDeployment)
                SoftwareStarted(job);
            else
                Change(job.To(JobState.Succeeded, input.Now, "the phone restarted and sent start-up"));
        }

        State = State with
        {
            Unchanged = string.Equals(message.Value("configuration-changed-flag"), "false", StringComparison.OrdinalIgnoreCase)
                && input.Device?.Firmware == device!.Firmware,
        };
        return Bootstrapped() is { } bootstrapped ? LetIn(bootstrapped) : Registered();
    }

    /// <summary>What follows a start-up: what the phone must be asked and told, then the jobs.</summary>
    private DlsMessage Registered()
    {
        // A restart clears the phone's send-solicited flag (p.72), so nothing else would bring these jobs on.
        State = State with { WaitingToServe = [.. WaitingJobs()] };
        List<InteractionPurpose> duties = device!.ItemsRead is null || !State.Unchanged ? [InteractionPurpose.Registration] : [];
        if (device.Polling is not null)
            duties.Add(InteractionPurpose.Polling);
        return Proceed(duties);
    }

    private DlsMessage Solicited()
    {
        // Contacted: the call is for those jobs. On its own: the phone is idle again, one waiting job a connection (p.75).
        var contacted = jobs.Values.Any(job => job.State == JobState.Contacting);
        State = State with { WaitingToServe = contacted ? [] : [.. WaitingJobs().Take(1)] };
        // A job that reads all is the same, and counts its attempts.
        var isToRead = device!.ItemsRead is null && !jobs.Values.Any(job => job.Kind == JobKind.ReadAllItems && MayBeServed(job));
        return Proceed(isToRead ? [InteractionPurpose.Registration] : []);
    }

    private DlsMessage LocalChanges()
    {
        // V2R2 and later attach the changed items, which are stored by now; older ones must be asked (p.37, p.40).
        var attached = string.Equals(message.Value("configuration-attached-flag"), "true", StringComparison.OrdinalIgnoreCase);
        return attached ? End() : Proceed([InteractionPurpose.Registration]);
    }

    /// <summary>The next duty, or else the next job.</summary>
    private DlsMessage Proceed(IReadOnlyList<InteractionPurpose> duties)
    {
        State = State with { Duties = [.. duties.Skip(1)] };
        return duties switch
        {
            [InteractionPurpose.Registration, ..] => Ask(ServerAction.ReadAllItems, InteractionPurpose.Registration, null, null),
            [InteractionPurpose.Polling, ..] => Write(InteractionPurpose.Polling,
            [
                new Item("dcmp-url", device!.Polling!.Url),
                new Item("dcmp-interval", device.Polling.IntervalSeconds.ToString(CultureInfo.InvariantCulture)),
            ]),
            _ => Next(),
        };
    }

    public void BreakOff(string why)
    {
        if (Current is { State: JobState.Running } running)
            Change(running.BreakOff(input.Now, why));
        State = State with { Ended = true, Expected = ServerAction.None, Job = null, Part = [], Fragments = null };
    }

    public DlsMessage PhoneCleanUp()
    {
        Seen();
        var reason = message.Value("cleanup-reason") is { Length: > 0 } text ? text : "no reason given";
        if (Current is { State: JobState.Running } running)
            Change(running.To(JobState.Failed, input.Now, $"the phone ended the interaction: {reason}"));
        if (State.Ended || State.Purpose == InteractionPurpose.Tan)
            BootstrapGivenUp(reason);
        State = State with { Ended = true, Expected = ServerAction.None, Job = null, Part = [], Fragments = null };
        return DlsMessage.CleanUp(message.Nonce);
    }

    /// <summary>The phone sent something, though it tells nothing of itself.</summary>
    private void Seen()
    {
        if (device is { } known)
            device = known with { LastSeen = input.Now };
    }

    private IEnumerable<long> WaitingJobs() =>
        jobs.Values.Where(job => job.State == JobState.WaitingForIdle).Select(job => job.Id);

    private void Change(Job job)
    {
        jobs[job.Id] = job;
        changedJobs.Add(job.Id);
    }

    private void Observe(string code, string expected, string actual, int? page) =>
        effects.Add(new InteractionEffect.Observed(new Observation(code, expected, actual, page)));
}
