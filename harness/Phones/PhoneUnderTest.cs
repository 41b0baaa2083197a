using System.Net;
using OpenStage.Harness.Conversations;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Listening;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Time;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.ContactMe;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Jobs;

namespace OpenStage.Harness.Phones;

/// <summary>A phone as cases see it; whether it is emulated is none of their business.</summary>
public sealed class PhoneUnderTest
{
    private readonly LabSession session;
    private readonly IActuators actuators;
    private readonly ContactMeSender sender;
    private readonly List<Conversation> conversations = [];
    private DateTimeOffset quietSince;

    internal PhoneUnderTest(LabSession session, LabPhone entry, FirmwareVersion firmware, IActuators actuators, Uri contactMe)
    {
        this.session = session;
        this.actuators = actuators;
        Entry = entry;
        Firmware = firmware;
        ContactMeUri = contactMe;
        sender = new ContactMeSender(contactMe, entry.Mac, session.Recorder, () => session.Offset);
        var can = FirmwareCapabilities.Of(firmware, entry.Model);
        Capabilities = actuators.Capabilities
            | (can.SendSolicited ? Capability.SendSolicited : 0)
            | (can.AttachesLocalChanges ? Capability.AttachedChanges : 0)
            | (can.TakesChunked ? Capability.Chunked : 0)
            | (entry.FragmentItems is not null ? Capability.Fragments : 0);
    }

    public LabPhone Entry { get; }

    public string Mac => Entry.Mac;

    public FirmwareVersion Firmware { get; }

    public Capability Capabilities { get; }

    /// <summary>Where the phone takes contact-me requests.</summary>
    public Uri ContactMeUri { get; }

    public ILabTime Time => session.Time;

    /// <summary>The service the phone is provisioned by.</summary>
    public Uri ServerUrl => session.Server.PhoneUrl;

    /// <summary>Sends a POST contact-me and nothing else (WPI guide p.14).</summary>
    public Task<HttpExchange> PostContactMeAsync(string form = "ContactMe=true", string contentType = ContactMeRequest.ContentType) =>
        sender.PostAsync(form, contentType);

    /// <summary>Sends a GET contact-me and nothing else (field).</summary>
    public Task<HttpExchange> GetContactMeAsync(string query = "") => sender.GetAsync(query);

    /// <summary>Takes the phone's next messages over from the server.</summary>
    public Conversation Listen()
    {
        var conversation = new Conversation(Time, session.Lab.Patience, session.Server.Scripts, Mac);
        conversations.Add(conversation);
        return conversation;
    }

    /// <summary>Asks the phone to call and takes its solicited message (p.41).</summary>
    public async Task<Conversation> SolicitAsync()
    {
        await ContactGapAsync();
        var conversation = Listen();
        await PostContactMeAsync(new ContactMeRequest(true).ToForm());
        await conversation.NextAsync("solicited after contact-me");
        quietSince = Time.Now;
        return conversation;
    }

    /// <summary>Restarts the phone over the wire and takes its start-up (p.50).</summary>
    public async Task<Conversation> RestartAsync()
    {
        var conversation = await SolicitAsync();
        conversation.Answer(ServerAction.Restart);
        await conversation.NextAsync("start-up after Restart", LabSession.RestartPatience);
        return conversation;
    }

    /// <summary>Lets the phone's contact gap go by, within which it ignores contact-me requests.</summary>
    public async Task ContactGapAsync()
    {
        var left = quietSince + LabSession.ContactGap - Time.Now;
        if (left > TimeSpan.Zero)
            await Time.PassAsync(left);
    }

    /// <summary>Remembers that the phone has just been contacted outside <see cref="SolicitAsync"/>.</summary>
    public void Contacted() => quietSince = Time.Now;

    public Task StartCallAsync() => actuators.StartCallAsync();

    public Task EndCallAsync() => actuators.EndCallAsync();

    public Task ChangeLocallyAsync(params Item[] items) => actuators.ChangeLocallyAsync(items);

    /// <summary>Opens something beside the service that the phone may be told to call.</summary>
    /// <param name="answer">Answers a request; called for one at a time.</param>
    public LabListener Serve(ListenerKind kind, Func<LabRequest, LabAnswer> answer) =>
        LabListener.Start(IPAddress.Parse(session.Lab.Server.Address), kind, session.Certificate, answer);

    /// <summary>The certificate that <see cref="Serve"/> shows, as PEM.</summary>
    public string ListenerAuthority => session.Certificate.ExportCertificatePem();

    /// <summary>Firmware that this phone can be given; needs <see cref="Capability.Firmware"/>.</summary>
    /// <param name="version">Such as V3 R5.13.0.</param>
    public byte[] FirmwareImage(string version) => actuators.FirmwareImage(Entry.Model, version);

    /// <summary>Gives the server a job for this phone, done by the server's own interactions.</summary>
    public Task<Job> CreateJobAsync(JobKind kind, params Item[] items) =>
        session.Server.Jobs.CreateAsync(new JobRequest { Mac = Mac, Kind = kind, Items = items });

    /// <summary>Waits until a job is in a state; fails when it never is.</summary>
    public async Task<Job> JobReachesAsync(Job job, JobState state, TimeSpan limit)
    {
        var now = job;
        if (await Time.UntilAsync(() => (now = session.Server.Jobs.Get(job.Id)!).State == state, limit))
            return now;
        throw new ConformanceException($"job {job.Kind} {state} within {limit.TotalSeconds:0} s", $"{now.State}: {(now.History.Count > 0 ? now.History[^1].Text : "")}");
    }

    /// <summary>The phone's own exchanges since the present case began, raw.</summary>
    public IReadOnlyList<HttpExchange> Exchanges => [.. session.CaseExchanges().Where(exchange => exchange.Mac == Mac || exchange.Mac.Length == 0)];

    /// <summary>Ends what a case left open, so that the next one finds an idle phone.</summary>
    public async Task RestoreAsync()
    {
        foreach (var conversation in conversations)
            conversation.Dispose();
        conversations.Clear();
        await actuators.EndCallAsync();
        foreach (var job in session.Server.Jobs.List(Mac).Where(job => !job.State.IsFinal()))
            await session.Server.Jobs.CancelAsync(job.Id);
        await Time.PassAsync(LabSession.RestartPatience);
    }

    public override string ToString() => Entry.Id;
}
