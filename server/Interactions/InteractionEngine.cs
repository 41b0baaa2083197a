using System.Security.Cryptography;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;
using OpenStage.Server.Observations;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Interactions;

/// <summary>
/// The shell around the pure machine: finds state, jobs and phone, and stores what came of a message in one transaction
/// before its answer is sent.
/// </summary>
internal sealed class InteractionEngine(
    Database database, TimeProvider time, ServerOptions options, JobQueue queue, ObservationBook book, Action<string> changed)
{
    /// <summary>A value for the session cookie: 32 upper-case hex digits, as the genuine service has it (field).</summary>
    public static string NewCookie() => RandomNumberGenerator.GetHexString(32);

    /// <summary>Takes one message of a phone.</summary>
    /// <param name="cookies">Session cookies that came with it.</param>
    public EngineAnswer Handle(WorkpointMessage message, ReadOnlyMemory<byte> body, IReadOnlyList<string> cookies, string address)
    {
        var effects = new StoredEffects();
        var hash = Convert.ToHexString(SHA256.HashData(body.Span));
        var answer = database.Write(Phone(message, cookies), session => message.Reason switch
        {
            ContactReason.ReplyTo => Reply(session, message, hash, cookies, address, effects),
            ContactReason.CleanUp => PhoneCleanUp(session, message, cookies, address, effects),
            _ => Begin(session, message, hash, address, effects),
        });
        effects.Tell(queue, book);
        if (answer.Mac.Length > 0)
            changed(answer.Mac);
        return answer;
    }

    /// <summary>A body that is no message came with a cookie: the phone is told CleanUp, so its interaction is over.</summary>
    /// <returns>The phone and its session, or empty.</returns>
    public (string Mac, string Cookie) Malformed(IReadOnlyList<string> cookies, Observation observation)
    {
        var effects = new StoredEffects();
        var found = database.Write(database.Read(session => Find(session, cookies))?.Mac, session =>
        {
            var state = Find(session, cookies);
            effects.Observe(state?.Mac ?? "", observation);
            if (state is not { Ended: false })
                return (state?.Mac ?? "", state?.Cookie ?? "");
            var step = Interaction.BreakOff(state, Input(session, state.Mac, "", ""), "the phone sent a malformed message");
            effects.Apply(session, step.State, step.Effects, time.GetUtcNow());
            return (state.Mac, state.Cookie);
        });
        effects.Tell(queue, book);
        if (found.Item1.Length > 0)
            changed(found.Item1);
        return found;
    }

    /// <summary>Keeps the basic facts of a phone that a script leads, without touching interactions or jobs.</summary>
    public void Meet(string mac, WorkpointMessage message, string address) => database.Write(mac, session =>
    {
        session.Save(DeviceFacts.Seen(session.Device(mac), mac, message, address, time.GetUtcNow()));
        return true;
    });

    /// <param name="mobileUser">Number of the mobile user that this is about, or empty.</param>
    public InteractionInput Input(StoreSession session, string mac, string hash, string address, string mobileUser = "") => new()
    {
        Now = time.GetUtcNow(),
        MobileUser = mobileUser.Length > 0 ? session.MobileUser(mobileUser) : null,
        Device = session.Device(mac),
        Jobs = session.OpenJobs(mac),
        BodyHash = hash,
        Address = address,
        BusyRetryInterval = options.BusyRetryInterval,
        IdleCallTimeout = options.IdleCallTimeout,
        StartUpTimeout = options.StartUpTimeout,
        StatusTimeout = options.StatusTimeout,
        SoftwareTimeout = options.SoftwareTimeout,
        SecureModeTimeout = options.SecureModeTimeout,
        MaxMessageBytes = Math.Min(options.MaxMessageBytes, 50 * 1024),
    };

    private EngineAnswer Begin(StoreSession session, WorkpointMessage message, string hash, string address, StoredEffects effects)
    {
        // Initiating messages must carry mac-addr (WPI guide p.27); never guess which phone one comes from.
        if (!MacAddress.TryNormalise(message.Value("mac-addr"), out var mac))
        {
            effects.Observe("", new Observation("mac-addr-missing", "item mac-addr in an initiating message", "none or no MAC address", 27));
            return new EngineAnswer(DlsMessage.CleanUp(message.Nonce), "", "", false);
        }

        var old = session.InteractionOf(mac);
        if (old is not null && Interaction.IsRepeat(old, message, Input(session, mac, hash, address)))
            return Take(session, old, message, hash, address, effects);
        if (old is { Ended: false })
        {
            var ended = Interaction.BreakOff(old, Input(session, mac, hash, address), $"the phone began anew with {Wording.Of(message.Reason)}");
            effects.Apply(session, ended.State, ended.Effects, time.GetUtcNow());
        }

        return Take(session, new InteractionState { Cookie = NewCookie(), Mac = mac }, message, hash, address, effects);
    }

    private EngineAnswer Reply(
        StoreSession session, WorkpointMessage message, string hash, IReadOnlyList<string> cookies, string address, StoredEffects effects)
    {
        // Tied by cookie only: replies often carry no MAC address (p.48), and one in the body proves nothing. One that
        // contradicts the cookie does: then it is not known for sure which phone this is, and nothing may be done.
        if (Find(session, cookies) is { } state)
        {
            if (!IsOfAnotherPhone(message, state.Mac))
                return Take(session, state, message, hash, address, effects);
            effects.Observe("", new Observation("reply-foreign-session", "the cookie of the phone's own interaction", $"the cookie of {state.Mac}", 28));
            return new EngineAnswer(DlsMessage.CleanUp(message.Nonce), "", "", false);
        }

        var actual = cookies.Count == 0 ? "no cookie" : "a cookie of no interaction";
        effects.Observe("", new Observation("reply-without-session", "the cookie of an interaction", actual, 28));
        return new EngineAnswer(DlsMessage.CleanUp(message.Nonce), "", "", false);
    }

    /// <summary>True when the reply tells another MAC address; a refused item is no such telling (p.78).</summary>
    private static bool IsOfAnotherPhone(WorkpointMessage message, string mac) => (message.Items ?? []).Any(item =>
        item.Name == "mac-addr" && item.Status == ItemStatus.None && MacAddress.TryNormalise(item.Value, out var told) && told != mac);

    private EngineAnswer PhoneCleanUp(
        StoreSession session, WorkpointMessage message, IReadOnlyList<string> cookies, string address, StoredEffects effects)
    {
        var state = Find(session, cookies);
        if (state is null && MacAddress.TryNormalise(message.Value("mac-addr"), out var mac))
            state = session.InteractionOf(mac);
        if (state is null)
            return new EngineAnswer(DlsMessage.CleanUp(message.Nonce), "", "", false);
        var step = Interaction.PhoneCleanUp(state, message, Input(session, state.Mac, "", address));
        effects.Apply(session, step.State, step.Effects, time.GetUtcNow());
        return new EngineAnswer(step.Answer, state.Mac, state.Cookie, false);
    }

    private EngineAnswer Take(
        StoreSession session, InteractionState state, WorkpointMessage message, string hash, string address, StoredEffects effects)
    {
        var step = Interaction.Handle(state, message, Input(session, state.Mac, hash, address, MobileUserOf(state, message)));
        effects.Apply(session, step.State, step.Effects, time.GetUtcNow());
        return new EngineAnswer(step.Answer, state.Mac, state.Cookie, message.IsInitiating);
    }

    /// <summary>The phone that a message is of, as far as can be told before its lock is taken.</summary>
    private string? Phone(WorkpointMessage message, IReadOnlyList<string> cookies)
    {
        if (message.Reason is ContactReason.ReplyTo or ContactReason.CleanUp && database.Read(session => Find(session, cookies)) is { } state)
            return state.Mac;
        return MacAddress.TryNormalise(message.Value("mac-addr"), out var mac) ? mac : null;
    }

    private static string MobileUserOf(InteractionState state, WorkpointMessage message) =>
        message.Reason == ContactReason.InventoryChanges ? message.Value("e164") ?? "" : state.MobileUser;

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
