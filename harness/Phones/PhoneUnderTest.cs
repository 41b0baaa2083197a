using System.Net;
using OpenStage.Harness.Conversations;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Listening;
using OpenStage.Harness.Reports;
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
    private readonly ConsentGate consent;
    private readonly List<Conversation> conversations = [];
    private readonly PhoneSettings settings;
    private DateTimeOffset quietSince;

    internal PhoneUnderTest(LabSession session, LabPhone entry, FirmwareVersion firmware, IActuators actuators, Uri contactMe, RestoreJournal? journal = null)
    {
        this.session = session;
        this.actuators = actuators;
        Entry = entry;
        consent = new ConsentGate(entry.Consent);
        settings = new PhoneSettings(this, journal);
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

    public ILabTime Time => session.CaseTime;

    /// <summary>The service the phone is provisioned by.</summary>
    public Uri ServerUrl => session.Server.PhoneUrl;

    /// <summary>Sends a POST contact-me and nothing else (WPI guide p.14).</summary>
    public Task<HttpExchange> PostContactMeAsync(string form = "ContactMe=true", string contentType = ContactMeRequest.ContentType) =>
        sender.PostAsync(form, contentType);

    /// <summary>Sends a GET contact-me and nothing else (field).</summary>
    public Task<HttpExchange> GetContactMeAsync(string query = "") => sender.GetAsync(query);

    /// <summary>Takes the phone's next messages over from the server.</summary>
    public Conversation Listen() => Listen(Time);

    private Conversation Listen(ILabTime time)
    {
        var conversation = new Conversation(time, session.Lab.Patience, session.Server.Scripts, Mac, consent, settings);
        conversations.Add(conversation);
        return conversation;
    }

    /// <summary>Asks the phone to call and takes its solicited message (p.41).</summary>
    public Task<Conversation> SolicitAsync() => SolicitAsync(Time);

    internal async Task<Conversation> SolicitAsync(ILabTime time)
    {
        await ContactGapAsync(time);
        var conversation = Listen(time);
        await PostContactMeAsync(session.ContactMe(Entry).ToForm());
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
    public Task ContactGapAsync() => ContactGapAsync(Time);

    private async Task ContactGapAsync(ILabTime time)
    {
        // A factory reset took back the short gap of the run.
        var gap = settings.AreAllTouched ? LabSession.DefaultContactGap : ContactGap;
        // The service contacts phones by itself, too: its last word counts, whoever's it was.
        var quiet = session.Recorder.Last(Mac) is { } heard ? session.Offset - heard : gap;
        var left = quietSince + gap - time.Now;
        if (gap - quiet > left)
            left = gap - quiet;
        if (left > TimeSpan.Zero)
            await time.PassAsync(left);
    }

    /// <summary>Remembers that the phone has just been contacted outside <see cref="SolicitAsync()"/>.</summary>
    public void Contacted() => quietSince = Time.Now;

    /// <summary>Remembers that the phone was told to call where nobody answers: it tries for a while, and takes no other call meanwhile.</summary>
    public void SentAway() => quietSince = Time.Now + LabSession.RestartPatience;

    public Task StartCallAsync() => actuators.StartCallAsync();

    public Task EndCallAsync() => actuators.EndCallAsync();

    public Task ChangeLocallyAsync(params Item[] items)
    {
        settings.Changing(items);
        return actuators.ChangeLocallyAsync(items);
    }

    /// <summary>Enters the PIN that the phone asks for; needs <see cref="Capability.Pin"/>.</summary>
    public Task EnterPinAsync(string pin) => actuators.EnterPinAsync(pin);

    /// <summary>Opens something beside the service that the phone may be told to call.</summary>
    /// <param name="answer">Answers a request; called for one at a time.</param>
    public LabListener Serve(ListenerKind kind, Func<LabRequest, LabAnswer> answer) =>
        LabListener.Start(IPAddress.Parse(session.Lab.Server.Address), kind, session.Certificate, request =>
        {
            var given = answer(request);
            settings.Sending(given.Body);
            return given;
        });

    /// <summary>The certificate that <see cref="Serve"/> shows, as PEM.</summary>
    public string ListenerAuthority => session.Certificate.TargetCertificate.ExportCertificatePem();

    /// <summary>Firmware that this phone can be given; needs <see cref="Capability.Firmware"/>.</summary>
    /// <param name="version">Such as V3 R5.13.0.</param>
    public byte[] FirmwareImage(string version) => actuators.FirmwareImage(Entry.Model, version);

    /// <summary>Gives the server a job for this phone, done by the server's own interactions.</summary>
    /// <exception cref="NoConsentException">The phone's owner does not allow it; nothing was sent.</exception>
    public Task<Job> CreateJobAsync(JobKind kind, params Item[] items)
    {
        consent.Check(kind, items);
        if (kind == JobKind.WriteItems)
            settings.Changing(items);
        return session.Server.Jobs.CreateAsync(new JobRequest { Mac = Mac, Kind = kind, Items = items });
    }

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

    /// <summary>Ends what a case left open and sets back what it changed, so that the next one finds an idle phone as it was.</summary>
    /// <returns>What could not be set back.</returns>
    public async Task<IReadOnlyList<NotRestoredEntry>> RestoreAsync(string caseId)
    {
        DropConversations();
        await actuators.EndCallAsync();
        foreach (var job in session.Server.Jobs.List(Mac).Where(job => !job.State.IsFinal()))
            await session.Server.Jobs.CancelAsync(job.Id);
        await session.Time.PassAsync(session.CalmDown);
        if (!settings.AreTouched)
            return [];
        var left = await settings.RestoreAsync(caseId, session.Time);
        DropConversations();
        return left;
    }

    /// <summary>Sets back what was changed for the time of the run.</summary>
    /// <returns>What could not be set back.</returns>
    public async Task<IReadOnlyList<NotRestoredEntry>> ReleaseAsync()
    {
        var left = await settings.ReleaseAsync(session.Time);
        DropConversations();
        return left;
    }

    /// <summary>Whether the phone calls when it is asked to, be it with a message that nobody understands.</summary>
    public async Task<bool> AnswersAsync()
    {
        var before = session.Recorder.Count;
        try
        {
            using var talk = await SolicitAsync(session.Time);
            await talk.EndAsync();
            return true;
        }
        catch (ConformanceException)
        {
            return session.Recorder.From(before).Any(exchange => exchange.Kind == ExchangeKind.Message && (exchange.Mac == Mac || exchange.Mac.Length == 0));
        }
        finally
        {
            DropConversations();
        }
    }

    /// <summary>Switches a phone that fell silent off and on again, where the lab can and may.</summary>
    /// <returns>Whether it answers then.</returns>
    public async Task<bool> ReviveAsync()
    {
        if (!actuators.CanCyclePower)
            return false;
        await actuators.CyclePowerAsync();
        await session.Time.PassAsync(LabSession.RestartPatience);
        quietSince = default;
        return await AnswersAsync();
    }

    /// <summary>The phone's settings as they were before the run, and what cases changed of them.</summary>
    internal PhoneSettings Settings => settings;

    /// <summary>A little more than the time within which the phone ignores a second contact-me.</summary>
    internal TimeSpan ContactGap { get; set; } = LabSession.DefaultContactGap;

    /// <summary>Why no case can be run on the phone; null while it can.</summary>
    public string? Unusable { get; set; }

    internal void DropConversations()
    {
        foreach (var conversation in conversations)
            conversation.Dispose();
        conversations.Clear();
    }

    public override string ToString() => Entry.Id;
}
