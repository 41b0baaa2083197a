using OpenStage.Protocol.Messages;
using OpenStage.Server.ContactMe;
using OpenStage.Server.Devices;
using OpenStage.Server.Files;
using OpenStage.Server.Jobs;
using OpenStage.Server.Observations;
using OpenStage.Server.PhoneEndpoint;
using OpenStage.Server.SecureMode;
using OpenStage.Server.Storage;
using OpenStage.Server.Telemetry;

namespace OpenStage.Server.Interactions;

/// <summary>
/// The shell around the pure machine: finds state, jobs and phone, and stores what came of a message in one transaction
/// before its answer is sent.
/// </summary>
/// <param name="wrapperBytes">Bytes that the signature adds to each answer; they count for its size (WPI guide p.69).</param>
internal sealed class InteractionEngine(
    Database database, TimeProvider time, ServerOptions options, JobQueue queue, ObservationBook book, ServerMetrics metrics, IPhoneWatch watch,
    int wrapperBytes = 0)
{
    private readonly FileLinks links = new(database.Vault);
    private readonly OpenInteractions open = new(options.MaxInteractions, options.ReplyTimeout, time);

    /// <summary>A value for the session cookie of a phone's next interaction.</summary>
    /// <param name="mac">MAC address in normal form.</param>
    public string NewCookie(string mac) => SessionId.New(database.Vault, mac);

    /// <summary>Takes one message of a phone.</summary>
    /// <param name="hash">See <see cref="BodyHash"/>.</param>
    /// <param name="cookies">Session cookies that came with it.</param>
    public async Task<EngineAnswer> HandleAsync(WorkpointMessage message, string hash, IReadOnlyList<string> cookies, PhoneCaller caller)
    {
        var begins = message.Reason is not (ContactReason.ReplyTo or ContactReason.CleanUp);
        var beginner = begins && MacAddress.TryNormalise(message.Value("mac-addr"), out var mac) ? mac : null;
        if (beginner is not null && !open.TryBegin(beginner))
        {
            // The phone comes back with the same message later (field); until then nothing is known of it.
            var overload = DlsMessage.CleanUp(message.Nonce) with { Items = [new Item("cleanup-reason", "overload")] };
            return new EngineAnswer(overload, beginner, "", false) { IsOverload = true };
        }

        try
        {
            var effects = new StoredEffects();
            var answer = await database.WriteAsync(Phone(message, cookies), session => Refused(session, message, cookies, caller, effects) ?? message.Reason switch
            {
                ContactReason.ReplyTo => Reply(session, message, hash, cookies, caller, effects),
                ContactReason.CleanUp => PhoneCleanUp(session, message, cookies, caller, effects),
                _ => Begin(session, message, hash, caller, effects),
            });
            effects.Tell(queue, book, metrics);
            if (answer.Mac.Length > 0)
                open.Answered(answer.Mac, ended: answer.Refused || answer.Message.Action == ServerAction.CleanUp);
            // What was taken is watched since its transaction.
            if (answer is { Refused: false, IsWatched: false, Mac.Length: > 0 })
                watch.Changed(answer.Mac);
            return answer;
        }
        catch when (beginner is not null)
        {
            open.Answered(beginner, ended: true);
            throw;
        }
    }

    /// <summary>True when a message of a phone that a script leads must not be taken on this port.</summary>
    public bool Refuses(string mac, WorkpointMessage message, PhoneCaller caller)
    {
        if (database.Read(session => PortGate.Refusal(session, message, mac, caller)) is not { } refusal)
            return false;
        book.Add(mac, refusal);
        return true;
    }

    /// <summary>A body that is no message came with a cookie: the phone is told CleanUp, so its interaction is over.</summary>
    /// <returns>The phone and its session, or empty.</returns>
    public (string Mac, string Cookie) Malformed(IReadOnlyList<string> cookies, Observation observation, PhoneCaller caller)
    {
        var effects = new StoredEffects();
        var found = database.Write(database.Read(session => Find(session, cookies, caller))?.Mac, session =>
        {
            var state = Find(session, cookies, caller);
            effects.Observe(state?.Mac ?? "", observation);
            if (state is not { Ended: false })
                return (state?.Mac ?? "", state?.Cookie ?? "");
            var step = Interaction.BreakOff(state, Input(session, state.Mac, "", caller), "the phone sent a malformed message");
            effects.Apply(session, step.State, step.Effects, time.GetUtcNow());
            effects.Ended("malformed");
            return (state.Mac, state.Cookie);
        });
        effects.Tell(queue, book, metrics);
        if (found.Item1.Length > 0)
        {
            open.Answered(found.Item1, ended: true);
            watch.Changed(found.Item1);
        }

        return found;
    }

    /// <summary>Keeps the basic facts of a phone that a script leads, without touching interactions or jobs.</summary>
    public void Meet(string mac, WorkpointMessage message, string address) => database.Write(mac, session =>
    {
        session.Save(DeviceFacts.Seen(session.Device(mac), mac, message, address, time.GetUtcNow()));
        return true;
    });

    /// <param name="mobileUser">Number of the mobile user that this is about, or empty.</param>
    public InteractionInput Input(StoreSession session, string mac, string hash, PhoneCaller caller, string mobileUser = "") => new()
    {
        Now = time.GetUtcNow(),
        MobileUser = mobileUser.Length > 0 ? session.MobileUser(mobileUser) : null,
        Device = session.Device(mac),
        Jobs = session.OpenJobs(mac),
        BodyHash = hash,
        Address = caller.Address,
        FileUrl = (job, index) => links.Url(FileLinks.BaseUrl(options.AdvertisedAddress, caller.Server), job, index),
        ClientThumbprint = caller.Thumbprint,
        BusyRetryInterval = options.BusyRetryInterval,
        IdleCallTimeout = options.IdleCallTimeout,
        StartUpTimeout = options.StartUpTimeout,
        StatusTimeout = options.StatusTimeout,
        SoftwareTimeout = options.SoftwareTimeout,
        SecureModeTimeout = options.SecureModeTimeout,
        MaxMessageBytes = Math.Min(options.MaxMessageBytes, 50 * 1024) - wrapperBytes,
    };

    private EngineAnswer Begin(StoreSession session, WorkpointMessage message, string hash, PhoneCaller caller, StoredEffects effects)
    {
        // Initiating messages must carry mac-addr (WPI guide p.27); never guess which phone one comes from.
        if (!MacAddress.TryNormalise(message.Value("mac-addr"), out var mac))
        {
            effects.Observe("", new Observation("mac-addr-missing", "item mac-addr in an initiating message", "none or no MAC address", 27));
            return new EngineAnswer(DlsMessage.CleanUp(message.Nonce), "", "", false);
        }

        if (session.Device(mac) is { Rejected: true } rejected)
        {
            session.Save(rejected with { LastSeen = time.GetUtcNow() });
            return new EngineAnswer(DlsMessage.CleanUp(message.Nonce), mac, "", false);
        }

        var old = session.InteractionOf(mac);
        if (old is not null && !PortGate.IsElsewhere(old, caller) && Interaction.IsRepeat(old, message, hash))
            return Take(session, old, message, hash, caller, effects);
        if (old is { Ended: false })
        {
            var ended = Interaction.BreakOff(old, Input(session, mac, hash, caller), $"the phone began anew with {Wording.Of(message.Reason)}");
            effects.Apply(session, ended.State, ended.Effects, time.GetUtcNow());
            effects.Ended("began-anew");
        }

        return Take(session, new InteractionState { Cookie = NewCookie(mac), Mac = mac, ClientThumbprint = caller.Thumbprint }, message, hash, caller, effects);
    }

    private EngineAnswer Reply(
        StoreSession session, WorkpointMessage message, string hash, IReadOnlyList<string> cookies, PhoneCaller caller, StoredEffects effects)
    {
        // Tied by cookie only: replies often carry no MAC address (p.48), and one in the body proves nothing. One that
        // contradicts the cookie does: then it is not known for sure which phone this is, and nothing may be done.
        if (Find(session, cookies) is { } state)
        {
            if (IsTold(session, state, hash) || !IsOfAnotherPhone(message, state.Mac))
                return Take(session, state, message, hash, caller, effects);
            effects.Observe("", new Observation("reply-foreign-session", "the cookie of the phone's own interaction", $"the cookie of {state.Mac}", 28));
            return new EngineAnswer(DlsMessage.CleanUp(message.Nonce), "", "", false);
        }

        var actual = cookies.Count == 0 ? "no cookie" : "a cookie of no interaction";
        effects.Observe("", new Observation("reply-without-session", "the cookie of an interaction", actual, 28));
        return new EngineAnswer(DlsMessage.CleanUp(message.Nonce), "", "", false);
    }

    /// <summary>True for a reply that tells all items of the phone as it told them before: nothing in it is news.</summary>
    private static bool IsTold(StoreSession session, InteractionState state, string hash) =>
        state.Expected == ServerAction.ReadAllItems && session.HasTold(state.Mac, all: true, hash);

    /// <summary>True when the reply tells another MAC address; a refused item is no such telling (p.78).</summary>
    private static bool IsOfAnotherPhone(WorkpointMessage message, string mac)
    {
        foreach (ref readonly var item in (message.Items ?? []).AsSpan())
        {
            if (item.Name == "mac-addr" && item.Status == ItemStatus.None && MacAddress.TryNormalise(item.Value, out var told) && told != mac)
                return true;
        }

        return false;
    }

    private EngineAnswer PhoneCleanUp(
        StoreSession session, WorkpointMessage message, IReadOnlyList<string> cookies, PhoneCaller caller, StoredEffects effects)
    {
        var state = Find(session, cookies);
        if (state is null && MacAddress.TryNormalise(message.Value("mac-addr"), out var mac))
            state = session.InteractionOf(mac);
        if (state is null || PortGate.IsElsewhere(state, caller))
            return new EngineAnswer(DlsMessage.CleanUp(message.Nonce), "", "", false);
        var step = Interaction.PhoneCleanUp(state, message, Input(session, state.Mac, "", caller));
        effects.Apply(session, step.State, step.Effects, time.GetUtcNow());
        effects.Ended("phone-clean-up");
        return new EngineAnswer(step.Answer, state.Mac, state.Cookie, false);
    }

    private EngineAnswer Take(
        StoreSession session, InteractionState state, WorkpointMessage message, string hash, PhoneCaller caller, StoredEffects effects)
    {
        var step = Interaction.Handle(state, message,
            Input(session, state.Mac, hash, caller, MobileUserOf(state, message)) with { IsTold = !message.IsInitiating && IsTold(session, state, hash) });
        effects.Apply(session, step.State, step.Effects, time.GetUtcNow());
        // A state without an answer yet is a new one; a repeated message changes nothing.
        if (state.LastAnswer is null)
            effects.Opened(Wording.Of(message.Reason));
        if (!state.Ended && step.State.Ended)
            effects.Ended("done");
        watch.Seen(new PhoneSituation(time.GetUtcNow(), session.Device(state.Mac), session.OpenJobs(state.Mac), step.State, InFlight: false, Scripted: false));
        return new EngineAnswer(step.Answer, state.Mac, state.Cookie, message.IsInitiating) { IsWatched = true };
    }

    /// <summary>The phone that a message is of, as far as can be told before its lock is taken.</summary>
    private string? Phone(WorkpointMessage message, IReadOnlyList<string> cookies)
    {
        // Where there are no other nodes a transaction is alone with the store.
        if (!database.IsShared)
            return null;
        // A cookie names its phone: a reply has no other, and its items need not be read for it.
        if (message.Reason is ContactReason.ReplyTo && cookies is [var cookie])
            return SessionId.PhoneOf(cookie);
        if (message.Reason is ContactReason.ReplyTo or ContactReason.CleanUp && database.Read(session => Find(session, cookies)) is { } state)
            return state.Mac;
        return MacAddress.TryNormalise(message.Value("mac-addr"), out var mac) ? mac : null;
    }

    private static string MobileUserOf(InteractionState state, WorkpointMessage message) =>
        message.Reason == ContactReason.InventoryChanges ? message.Value("e164") ?? "" : state.MobileUser;

    /// <summary>The answer to a message that came on the wrong port, of which nothing is done; null for one that is taken.</summary>
    private static EngineAnswer? Refused(
        StoreSession session, WorkpointMessage message, IReadOnlyList<string> cookies, PhoneCaller caller, StoredEffects effects)
    {
        // An initiating message begins anew whatever cookie it carries (p.34).
        var state = message.Reason is ContactReason.ReplyTo or ContactReason.CleanUp ? Find(session, cookies) : null;
        var refusal = PortGate.Refusal(session, message, state?.Mac, caller);
        if (refusal is null && state is not null && PortGate.IsElsewhere(state, caller))
            refusal = new Observation("interaction-elsewhere", "the port and the certificate that the interaction began with", "another one", 65);
        if (refusal is null)
            return null;
        var mac = caller.IsSecure ? caller.Mac : state?.Mac ?? (MacAddress.TryNormalise(message.Value("mac-addr"), out var told) ? told : "");
        effects.Observe(mac, refusal);
        return new EngineAnswer(DlsMessage.CleanUp(message.Nonce), mac, "", false) { Refused = true };
    }

    private static InteractionState? Find(StoreSession session, IReadOnlyList<string> cookies, PhoneCaller caller) =>
        Find(session, cookies) is { } state && !PortGate.IsElsewhere(state, caller) ? state : null;

    private static InteractionState? Find(StoreSession session, IReadOnlyList<string> cookies)
    {
        foreach (var cookie in cookies)
        {
            if (session.InteractionByCookie(cookie) is { } state)
                return state;
        }

        return null;
    }
}
