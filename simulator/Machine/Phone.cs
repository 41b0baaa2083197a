using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;
using OpenStage.Protocol.Xml;
using OpenStage.Simulator.Machine.Deployment;
using OpenStage.Simulator.Quirks;
using OpenStage.Simulator.Recording;

namespace OpenStage.Simulator.Machine;

/// <summary>
/// A phone as a deterministic machine: an event goes in, effects come out. No sockets, clock or randomness in here.
/// </summary>
internal sealed partial class Phone
{
    /// <summary>From power on to the first message.</summary>
    public static readonly TimeSpan BootTime = TimeSpan.FromSeconds(20);

    /// <summary>Pauses before a lost POST is tried again. No guide or field value is known: INFERRED.</summary>
    public static readonly IReadOnlyList<TimeSpan> RetryPauses = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)];

    /// <summary>Pause before start-up is tried again when the service was not there at all. INFERRED.</summary>
    public static readonly TimeSpan RegisterPause = TimeSpan.FromMinutes(5);

    private const int StormSize = 20;

    private readonly PhoneIdentity identity;
    private readonly PhoneMemory memory;
    private readonly FirstMessages firstMessages;
    private readonly ItemAnswers answers;
    private readonly NonceSource nonces;
    private string constantNonce = "";
    private readonly List<PhoneEffect> effects = new(capacity: 4);
    private readonly List<PendingContact> pending = new(capacity: 1);
    private readonly IReadOnlyList<QuirkUse> modelQuirks;
    private readonly ulong seed;
    private readonly PhoneBehaviour habits;
    private WornQuirks worn = null!;
    private int sent;
    private PhoneSession? session;
    private string leftCookie = "";
    private bool serverKnown = true;
    private bool unreportedChange;
    private DateTimeOffset lastCallBack = DateTimeOffset.MinValue;
    private DateTimeOffset lastContactMe = DateTimeOffset.MinValue;
    private Uri? lastServer;
    private string lastNonce = "";
    private DateTimeOffset now;

    public Phone(PhoneIdentity identity, ulong seed)
    {
        this.identity = identity;
        memory = new PhoneMemory(identity);
        firstMessages = new FirstMessages(identity, memory);
        answers = new ItemAnswers(identity.Model, memory);
        // A recording shows the habits itself.
        modelQuirks = identity.Recording is null ? [.. identity.Model.Quirks.Select(QuirkUse.Parse)] : [];
        this.seed = seed;
        habits = identity.Recording is { } recording ? new RecordedHabits(recording).Behaviour : PhoneBehaviour.Guide;
        Wear([]);
        nonces = new NonceSource(seed);
    }

    /// <summary>Puts on these quirks and no others.</summary>
    public void Wear(IReadOnlyList<QuirkUse> uses) => worn = new WornQuirks([.. modelQuirks, .. uses], seed, habits);

    public bool IsOn { get; private set; }

    public bool IsBooting { get; private set; }

    public bool InCall { get; private set; }

    /// <summary>The volatile flag: call when idle (WPI guide p.72).</summary>
    public bool SendSolicited { get; private set; }

    /// <summary>True while files are fetched.</summary>
    public bool IsLoading => transfers is { Count: > 0 };

    /// <summary>The value of an item without index.</summary>
    public string Value(string name) => memory.Read(new ItemKey(name));

    public bool InInteraction => session is not null;

    /// <summary>Interactions that came to their end, from the phone's first day on.</summary>
    public int Ended { get; private set; }

    /// <summary>The whole set of items, for people.</summary>
    public IReadOnlyList<Item> Items => answers.ReadAll(firstMessages.StartUp(unreportedChange));

    public FirmwareVersion Firmware => memory.Firmware;

    public IReadOnlyList<StoredFile> Files => memory.Files.Files;

    /// <summary>Key modules that are plugged in.</summary>
    public int KeyModules => memory.KeyModules;

    private PhoneBehaviour Behaviour => worn.For(sent + 1);

    private FirmwareCapabilities Can => memory.Can;

    private bool ReportsChange => unreportedChange || Behaviour.ReportsChangeForEver;

    /// <summary>Takes an event at a time and says what to do.</summary>
    public IReadOnlyList<PhoneEffect> Handle(PhoneEvent happened, DateTimeOffset time)
    {
        now = time;
        effects.Clear();
        switch (happened)
        {
            case PhoneEvent.PowerOn when !IsOn:
                Boot();
                break;
            case PhoneEvent.PowerOff when IsOn:
                ShutDown();
                break;
            case PhoneEvent.Restart when IsOn:
                Reboot();
                break;
            case PhoneEvent.TimerFired timer when IsOn:
                TimerFired(timer.Timer);
                break;
            case PhoneEvent.ContactMe contactMe:
                ContactMe(contactMe);
                break;
            case PhoneEvent.Answer answer when session is not null:
                Answered(session, answer);
                break;
            case PhoneEvent.Undelivered lost when session is not null:
                Undelivered(session, lost.Reason);
                break;
            case PhoneEvent.CallStarted when IsOn && !IsBooting:
                InCall = true;
                break;
            case PhoneEvent.CallEnded when InCall:
                CallEnded();
                break;
            case PhoneEvent.LocalChange change when IsOn && !IsBooting:
                ChangedLocally(change.Items);
                break;
            default:
                HandleMore(happened);
                break;
        }

        return [.. effects];
    }

    /// <summary>What a person or a file server does.</summary>
    private void HandleMore(PhoneEvent happened)
    {
        switch (happened)
        {
            case PhoneEvent.KeyModulesPlugged plugged:
                memory.KeyModules = plugged.Count;
                if (IsOn && !IsBooting)
                    ContactInventory([]);
                break;
            case PhoneEvent.Downloaded download when IsOn:
                Downloaded(download);
                break;
            case PhoneEvent.Polled polled when IsOn:
                Polled(polled.Status);
                break;
            case PhoneEvent.PinEntered entered when PinWanted:
                EnterPin(entered.Pin);
                break;
            case PhoneEvent.LogOn logOn when IsOn && !IsBooting && MobilityEnabled && mobility == MobilityStep.LoggedOff:
                LogOn(logOn.User, logOn.Password);
                break;
            case PhoneEvent.LogOff logOff when IsOn && !IsBooting && mobility == MobilityStep.LoggedOn:
                LogOff(logOff.Password);
                break;
        }
    }

    private void Boot()
    {
        IsOn = true;
        IsBooting = true;
        Do(new PhoneEffect.StartTimer(PhoneTimer.Boot, BootTime));
    }

    private void ShutDown()
    {
        IsOn = false;
        IsBooting = false;
        Forget();
        Do(new PhoneEffect.Listen(false));
        Do(new PhoneEffect.CloseConnection());
        foreach (var timer in Enum.GetValues<PhoneTimer>())
            Do(new PhoneEffect.StopTimer(timer));
    }

    private void Reboot()
    {
        ShutDown();
        Boot();
    }

    /// <summary>Volatile state goes: the call, the session, and the send-solicited flag (WPI guide p.72).</summary>
    private void Forget()
    {
        InCall = false;
        lastContactMe = DateTimeOffset.MinValue;
        SendSolicited = SendSolicited && Behaviour.KeepsFlagOverRestart;
        session = null;
        leftCookie = "";
        pending.Clear();
        transfers?.Clear();
        bootstrapping = null;
        packedData = "";
        if (mobility is MobilityStep.LoggingOn or MobilityStep.LoggingOff)
            LeaveUser();
    }

    private void TimerFired(PhoneTimer timer)
    {
        if (timer == PhoneTimer.Boot && IsBooting)
        {
            IsBooting = false;
            Do(new PhoneEffect.Listen(true));
            if (!Behaviour.StaysSilentAfterRestart || lastCallBack == DateTimeOffset.MinValue)
                Contact(new PendingContact(ContactReason.StartUp));
            if (SendSolicited)
                CallBecauseIdle();
            RestartPolling();
        }
        else if (timer == PhoneTimer.Retry && session is { LastPost: { } post })
        {
            Do(post);
        }
        else if (timer == PhoneTimer.Register && session is null)
        {
            Contact(new PendingContact(ContactReason.StartUp));
        }
        else if (timer == PhoneTimer.Poll)
        {
            Poll();
        }
    }

    private void CallEnded()
    {
        InCall = Behaviour.StaysBusy;
        if (SendSolicited || Behaviour.CallsWithoutSendSolicited)
            CallBecauseIdle();
    }

    /// <summary>One call for however many send-solicited there were: the flag is a boolean (WPI guide p.75).</summary>
    private void CallBecauseIdle()
    {
        SendSolicited = false;
        if (!pending.Exists(contact => contact.BecauseIdle))
            Contact(new PendingContact(ContactReason.Solicited, BecauseIdle: true));
        if (Behaviour.CallsTwice)
            Contact(new PendingContact(ContactReason.Solicited, BecauseIdle: true));
    }

    private void ChangedLocally(IReadOnlyList<Item> items)
    {
        foreach (var item in items)
            memory.Write(item);
        unreportedChange = true;
        if (Behaviour.HidesLocalChanges)
            return;
        for (var calls = Behaviour.StormsLocalChanges ? StormSize : 1; calls > 0; calls--)
            Contact(new PendingContact(ContactReason.LocalChanges, Extra: items));
    }

    private void ContactMe(PhoneEvent.ContactMe contactMe)
    {
        var behaviour = Behaviour;
        var acknowledged = new PhoneEffect.AnswerContactMe(204, "No Content", "DlsClient", "");
        if (!IsOn || IsBooting || (behaviour.RefusesContactMeInCall && InCall))
            acknowledged = acknowledged with { Status = 503, Reason = "Service Unavailable" };
        else if (contactMe.Method == behaviour.RefusedContactMeMethod)
            acknowledged = acknowledged with { Status = 405, Reason = "Method Not Allowed" };
        else if (contactMe.Request is null || behaviour.RefusesContactMe.Exists(refuses => refuses(contactMe.Text)))
            acknowledged = acknowledged with { Status = 400, Reason = "Bad Request", Body = contactMe.Error };
        foreach (var change in behaviour.Acknowledgements)
            acknowledged = change(acknowledged);
        Do(acknowledged);
        if (behaviour.DiesOfContactMe && now - lastContactMe <= TimeSpan.FromSeconds(1))
            Do(new PhoneEffect.Listen(false));
        var isFirst = lastContactMe == DateTimeOffset.MinValue;
        lastContactMe = now;

        if (contactMe.Request is not { } request || acknowledged.Status >= 400 || behaviour.IgnoresContactMe || (behaviour.IgnoresFirstContactMe && isFirst))
            return;
        // Within the contact gap a contact-me is ignored (manual); that it is acknowledged all the same is INFERRED.
        if ((request.CallBack || behaviour.CallsOnContactMeFalse) && (behaviour.IgnoresContactGap || now - lastCallBack >= memory.ContactGap))
        {
            lastCallBack = now;
            for (var calls = behaviour.CallsBackTwice ? 2 : 1; calls > 0; calls--)
                Contact(new PendingContact(ContactReason.Solicited, behaviour.IgnoresContactMeAddress ? null : ServerOf(request)));
        }
    }

    private Uri? ServerOf(Protocol.ContactMe.ContactMeRequest request)
    {
        if (request.ServerAddress is null && request.ServerPort is null)
            return Behaviour.KeepsContactMeAddress ? lastServer : null;
        // The path is the phone's own: contact-me has no parameter for it.
        return lastServer = new UriBuilder(Service)
        {
            Host = request.ServerAddress ?? Service.Host,
            Port = request.ServerPort ?? Service.Port,
        }.Uri;
    }

    /// <summary>Calls the service now, or after the present interaction.</summary>
    private void Contact(PendingContact contact)
    {
        pending.Add(contact);
        CallNext();
    }

    private void CallNext()
    {
        if (session is not null || pending.Count == 0 || (!serverKnown && pending[0].Server is null))
            return;

        var contact = pending[0];
        pending.RemoveAt(0);
        session = new PhoneSession(contact.Server ?? Service, contact) { Cookie = Behaviour.KeepsCookieAfterCleanUp ? leftCookie : "" };
        Send(session, FirstMessage(contact));
    }

    private WorkpointMessage FirstMessage(PendingContact contact) => new()
    {
        Nonce = NextNonce(),
        MaxItems = -1,
        Reason = contact.Reason,
        Items = contact.Reason switch
        {
            ContactReason.LocalChanges => firstMessages.LocalChanges(contact.Extra ?? []),
            ContactReason.InventoryChanges => [.. firstMessages.Inventory(ReportsChange), .. contact.Extra ?? []],
            _ => [.. firstMessages.StartUp(ReportsChange, contact.Reason), .. contact.Extra ?? []],
        },
    };

    private string NextNonce()
    {
        var fresh = nonces.Next();
        // Only quirks look back.
        var isStale = Behaviour.StaleNonce && lastNonce.Length > 0;
        // A nonce that was sent twice is used up: always one behind would look as fresh as can be.
        (var stale, lastNonce) = (lastNonce, worn.IsEmpty || isStale ? "" : fresh);
        if (Behaviour.ConstantNonce && constantNonce.Length == 0)
            constantNonce = fresh;
        return Behaviour.ConstantNonce ? constantNonce : isStale ? stale : fresh;
    }

    private void Send(PhoneSession to, WorkpointMessage message)
    {
        foreach (var change in Behaviour.Messages)
            message = change(message);
        to.Nonce = message.Nonce;
        var body = WorkpointWriter.Write(message);
        if (Behaviour.Texts.Count > 0)
        {
            var text = Encoding.UTF8.GetString(body);
            foreach (var change in Behaviour.Texts)
                text = change(text);
            body = Encoding.UTF8.GetBytes(text);
        }

        var headers = ImmutableList.Create(new HttpHeader("Host", to.Server.Authority), new HttpHeader("Content-Type", "text/xml; charset=UTF-8"));
        if (to.Cookie.Length > 0)
            headers = headers.Add(new HttpHeader("Cookie", to.Cookie));
        var post = new PhoneEffect.Post(to.Server, "POST", headers, body, Delivery.Plain);
        foreach (var change in Behaviour.Posts)
            post = change(post);
        var length = post.Body.Length + post.Delivery.ContentLengthError;
        var place = post.Headers.FindIndex(header => header.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase));
        var announced = new HttpHeader(place < 0 ? "Content-Length" : post.Headers[place].Name, length.ToString(CultureInfo.InvariantCulture));
        post = post with { Headers = place < 0 ? post.Headers.Insert(Math.Min(2, post.Headers.Count), announced) : post.Headers.SetItem(place, announced) };
        sent++;
        to.LastPost = post;
        to.Attempts = 1;
        Do(post.Delivery.Pause > TimeSpan.Zero ? new PhoneEffect.StartTimer(PhoneTimer.Retry, post.Delivery.Pause) : post);
    }

    private void Do(PhoneEffect effect) => effects.Add(effect);

    private void Observe(string code, string expected, string actual, int? page = null) =>
        Do(new PhoneEffect.Observe(new Observation(code, expected, actual, page)));
}
