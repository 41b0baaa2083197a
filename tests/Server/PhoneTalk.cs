using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;
using OpenStage.Server.Mobility;

namespace OpenStage.Server.Tests;

/// <summary>A phone, its jobs and the pure machine, with nothing in between.</summary>
internal sealed class PhoneTalk
{
    public const string Mac = "00:1A:E8:00:00:01";

    private readonly SortedDictionary<long, Job> jobs = [];
    private int nonces;

    public PhoneTalk(string firmware = "V3 R3.24.0", bool registered = true)
    {
        Firmware = firmware;
        if (registered)
            Device = new Device { Mac = Mac, Firmware = firmware, ItemsRead = Now };
    }

    public string Firmware { get; set; }

    /// <summary>Of the certificate that the phone shows on the secure port; empty on the default port.</summary>
    public string ClientThumbprint { get; set; } = "";

    public MobileUser? MobileUser { get; set; }

    public DateTimeOffset Now { get; set; } = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public Device? Device { get; private set; }

    public InteractionState? State { get; private set; }

    public List<Observation> Observations { get; } = [];

    public Dictionary<string, string> Learned { get; } = [];

    public bool ConstantNonce { get; set; }

    public int? MaxItems { get; set; } = -1;

    public Job this[long id] => jobs[id];

    public Job Add(JobKind kind, params Item[] items) => Add(JobState.Contacting, kind, items);

    public Job Add(JobState state, JobKind kind, params Item[] items)
    {
        var job = new Job
        {
            Id = jobs.Count + 1,
            Mac = Mac,
            Kind = kind,
            State = state,
            Items = items,
            Created = Now,
            NotBefore = Now,
            Expires = Now + TimeSpan.FromDays(7),
        };
        jobs.Add(job.Id, job);
        return job;
    }

    public void Know(Device device) => Device = device;

    public void Put(Job job) => jobs[job.Id] = job;

    public DlsMessage StartUp(bool changed = true) => Send(Initiating(ContactReason.StartUp, changed));

    public DlsMessage Solicited() => Send(Initiating(ContactReason.Solicited, changed: false));

    public WorkpointMessage Initiating(ContactReason reason, bool changed, params Item[] more) => new()
    {
        Nonce = NextNonce(),
        Reason = reason,
        MaxItems = MaxItems,
        Items =
        [
            new Item("mac-addr", Mac), new Item("e164", "498912345"), new Item("contact-me-uri", "http://127.0.0.1:8085/contact_dls.html/ContactDLS"),
            new Item("software-version", Firmware), new Item("configuration-changed-flag", changed ? "true" : "false"), .. more,
        ],
    };

    public WorkpointMessage Answer(ServerAction action, ReplyStatus status, params Item[] items) => new()
    {
        Nonce = NextNonce(),
        Reason = ContactReason.ReplyTo,
        Action = Wording.Of(action),
        Status = status,
        MaxItems = MaxItems,
        Fragment = FragmentMark.Final,
        Items = items,
    };

    public DlsMessage Reply(ServerAction action, ReplyStatus status = ReplyStatus.Accepted, params Item[] items) =>
        Send(Answer(action, status, items));

    public DlsMessage Send(WorkpointMessage message)
    {
        var hash = string.Join(',', message.Items?.Select(item => item.Key.ToString()) ?? []) + message.Nonce + message.Reason;
        if (message.IsInitiating && !(State is not null && Interaction.IsRepeat(State, message, hash)))
        {
            if (State is { Ended: false })
                Apply(Interaction.BreakOff(State, Input(hash), "began anew"));
            State = new InteractionState { Cookie = $"C{nonces}", Mac = Mac };
        }

        var step = Interaction.Handle(State!, message, Input(hash));
        Apply(step);
        return step.Answer;
    }

    public DlsMessage SendCleanUp(string reason)
    {
        var message = Initiating(ContactReason.CleanUp, false, new Item("cleanup-reason", reason));
        var step = Interaction.PhoneCleanUp(State!, message, Input(""));
        Apply(step);
        return step.Answer;
    }

    public void TimeOut() => Apply(Interaction.BreakOff(State!, Input(""), "no message"));

    private string NextNonce() => ConstantNonce ? "C0FFEE" : $"{++nonces:X32}";

    private InteractionInput Input(string hash) => new()
    {
        Now = Now,
        Device = Device,
        Jobs = [.. jobs.Values.Where(job => !job.State.IsFinal())],
        BodyHash = hash,
        Address = "127.0.0.1",
        ClientThumbprint = ClientThumbprint,
        MobileUser = MobileUser,
        FileUrl = (job, position) => $"link {job.Id}/{position}",
    };

    private void Apply(InteractionStep step)
    {
        State = step.State;
        foreach (var effect in step.Effects)
        {
            switch (effect)
            {
                case InteractionEffect.JobChanged changed:
                    jobs[changed.Job.Id] = changed.Job;
                    break;
                case InteractionEffect.DeviceChanged changed:
                    Device = changed.Device;
                    break;
                case InteractionEffect.ItemsLearned learned:
                    foreach (var item in learned.Items)
                        Learned[item.Key.ToString()] = item.Value;
                    break;
                case InteractionEffect.MobileUserChanged changed:
                    MobileUser = changed.User;
                    break;
                case InteractionEffect.Observed observed:
                    Observations.Add(observed.Observation);
                    break;
            }
        }
    }
}
