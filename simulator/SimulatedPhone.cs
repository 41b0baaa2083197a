using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using OpenStage.Protocol.Firmware;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;
using OpenStage.Simulator.ContactMe;
using OpenStage.Simulator.Downloads;
using OpenStage.Simulator.Machine;
using OpenStage.Simulator.Models;
using OpenStage.Simulator.Quirks;
using OpenStage.Simulator.Wire;

namespace OpenStage.Simulator;

/// <summary>An emulated phone: the machine with its sockets, timers and mailbox.</summary>
public sealed partial class SimulatedPhone : IAsyncDisposable
{
    private readonly Mailbox mailbox;
    private readonly ITimer?[] timers = new ITimer?[Enum.GetValues<PhoneTimer>().Length];
    private List<Observation>? observations;
    private readonly IdleGate gate = new();
    private readonly CancellationTokenSource stop = new();
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly IPhoneWatch? watch;
    private readonly PhoneIdentity identity;
    private readonly Phone phone;
    private readonly PhoneClient client;
    private readonly ContactMeListener listener;
    private IReadOnlyList<string> quirks;
    private int boots;
    private bool isDisposed;

    /// <summary>A phone without power.</summary>
    /// <exception cref="ArgumentException">An option is not allowed; the message names key, value and what is allowed.</exception>
    /// <exception cref="IOException">The contact-me port is in use.</exception>
    internal SimulatedPhone(PhoneOptions options, PhoneSurroundings surroundings, IPhoneWatch? watch = null)
    {
        quirks = [.. options.Quirks];
        time = surroundings.Time;
        log = surroundings.Log;
        this.watch = watch;
        var address = options.Check(IPAddress.Loopback, 1) is not null && IPAddress.TryParse(options.Address, out var parsed)
            ? parsed
            : throw PhoneOptions.Refuse("address", options.Address, "an IP address such as 127.20.0.1");
        IReadOnlyList<QuirkUse> uses = [.. options.Quirks.Select(QuirkUse.Parse)];
        (listener, var source) = Listen(address, options.ContactMePort);
        identity = options.Check(listener.EndPoint.Address, listener.EndPoint.Port);
        phone = new Phone(identity, (ulong)options.Seed ^ (Convert.ToUInt64(identity.Mac.Replace(":", "", StringComparison.Ordinal), 16) << 16));
        phone.Wear(uses);
        client = new PhoneClient(source, identity.Mac, surroundings, watch);
        mailbox = new Mailbox(gate, fault => LogBroken(fault, identity.Mac));
        listener.Run();
    }

    /// <summary>What is installed.</summary>
    public FirmwareVersion Firmware => phone.Firmware;

    public string Mac => identity.Mac;

    public Uri ContactMeUri => identity.ContactMeUri;

    public PhoneModel Model => identity.Model;

    /// <summary>Something has happened; raised on the phone's thread, so handlers must be quick.</summary>
    public event Action? Changed;

    /// <summary>Starts a phone: it boots and sends start-up.</summary>
    /// <exception cref="ArgumentException">An option is not allowed; the message names key, value and what is allowed.</exception>
    /// <exception cref="IOException">The contact-me port is in use.</exception>
    public static Task<SimulatedPhone> StartAsync(
        PhoneOptions options, TimeProvider time, IExchangeLog? log, ILoggerFactory? loggers, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var simulated = new SimulatedPhone(options, new PhoneSurroundings
        {
            Time = time,
            Exchanges = log,
            Log = (loggers ?? NullLoggerFactory.Instance).CreateLogger<SimulatedPhone>(),
        });
        simulated.Begin(new PhoneEvent.PowerOn());
        return Task.FromResult(simulated);
    }

    /// <summary>Has something happen to the phone, without waiting for it.</summary>
    internal void Begin(PhoneEvent happened) => Post(happened);

    public Task StartCallAsync() => TellAsync(new PhoneEvent.CallStarted());

    public Task EndCallAsync() => TellAsync(new PhoneEvent.CallEnded());

    /// <summary>Changes settings as a person at the phone does.</summary>
    public Task ChangeLocallyAsync(IReadOnlyList<Item> items) => TellAsync(new PhoneEvent.LocalChange(items));

    /// <summary>Plugs or unplugs key modules; the phone reports it.</summary>
    /// <param name="count">How many are plugged in then, 0 to the most that the model takes.</param>
    /// <exception cref="ArgumentException">The model does not take so many.</exception>
    public Task PlugKeyModulesAsync(int count) => count >= 0 && count <= identity.Model.Keys.Modules
        ? TellAsync(new PhoneEvent.KeyModulesPlugged(count))
        : throw PhoneOptions.Refuse("key modules", $"{count}", $"0 to {identity.Model.Keys.Modules} on an {identity.Model.DeviceType}");

    /// <summary>Enters the PIN that the phone asks for on the way to Secure Mode (WPI guide p.65).</summary>
    /// <exception cref="InvalidOperationException">The phone asks for none.</exception>
    public Task EnterPinAsync(string pin) => AskAsync(() => phone.PinWanted
        ? Handle(new PhoneEvent.PinEntered(pin))
        : throw new InvalidOperationException("The phone asks for no PIN."));

    /// <summary>Logs a mobile user on.</summary>
    /// <exception cref="InvalidOperationException">Mobility is not enabled, or somebody is logged on.</exception>
    public Task LogOnAsync(string user, string password) => AskAsync(() => phone is { MobilityEnabled: true, MobileUser: "" }
        ? Handle(new PhoneEvent.LogOn(user, password))
        : throw new InvalidOperationException(phone.MobilityEnabled ? $"{phone.MobileUser} is logged on." : "mobility-enabled is not true."));

    /// <summary>Logs the mobile user off.</summary>
    /// <exception cref="InvalidOperationException">Nobody is logged on.</exception>
    public Task LogOffAsync(string password) => AskAsync(() => phone.MobileUser.Length > 0
        ? Handle(new PhoneEvent.LogOff(password))
        : throw new InvalidOperationException("Nobody is logged on."));

    public Task RestartAsync() => TellAsync(new PhoneEvent.Restart());

    public Task PowerOffAsync() => TellAsync(new PhoneEvent.PowerOff());

    public Task PowerOnAsync() => TellAsync(new PhoneEvent.PowerOn());

    /// <summary>Puts on these quirks and no others.</summary>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public Task SetQuirksAsync(IReadOnlyList<string> names)
    {
        IReadOnlyList<QuirkUse> uses = [.. names.Select(QuirkUse.Parse)];
        return AskAsync(() =>
        {
            phone.Wear(uses);
            Changed?.Invoke();
            quirks = [.. names];
            return true;
        });
    }

    /// <summary>What the phone is doing.</summary>
    public Task<PhoneState> GetStateAsync() => AskAsync(() => new PhoneState
    {
        Mac = identity.Mac,
        Model = identity.Model.DeviceType,
        Firmware = phone.Firmware.ToString(),
        ContactMeUri = identity.ContactMeUri.ToString(),
        On = phone.IsOn,
        Booting = phone.IsBooting,
        InCall = phone.InCall,
        SendSolicited = phone.SendSolicited,
        InInteraction = phone.InInteraction,
        KeyModules = phone.KeyModules,
        SecureMode = phone.InSecureMode,
        PinWanted = phone.PinWanted,
        MobileUser = phone.MobileUser,
        Display = PhoneDisplay.Lines(phone, identity),
        Files = [.. phone.Files.Select(file => new StoredFileState(file.Name, file.Type, file.Bytes, file.Stored))],
        Quirks = quirks,
        Observations = [.. observations ?? []],
    });

    /// <summary>The whole set of items, unmasked.</summary>
    public Task<IReadOnlyList<Item>> GetItemsAsync() => AskAsync(() => phone.Items);

    /// <summary>Completes when the phone has nothing to do until a timer falls due or somebody does something.</summary>
    public Task WhenIdleAsync(CancellationToken cancellation) => gate.WhenIdleAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, true))
            return;
        await stop.CancelAsync();
        listener.Dispose();
        await mailbox.CloseAsync();
        foreach (var timer in timers)
            timer?.Dispose();
        client.Dispose();
        stop.Dispose();
        // Whoever watches asks once more, and learns that the phone is gone.
        Changed?.Invoke();
    }

    private (ContactMeListener Listener, IPAddress? Source) Listen(IPAddress address, int port)
    {
        try
        {
            // Systems without a whole loopback network (macOS) have only 127.0.0.1; contact-me-uri says where.
            var own = IsHere(address);
            var endPoint = own ? new IPEndPoint(address, port) : new IPEndPoint(IPAddress.Loopback, 0);
            return (new ContactMeListener(endPoint, gate, AskContactMeAsync, stop.Token), own ? address : null);
        }
        catch (SocketException broken)
        {
            throw new IOException($"contact-me port {port} of {address} cannot be used: {broken.Message}. Allowed is a port that nobody has; another phone or lab may hold it.", broken);
        }
    }

    private static bool IsHere(IPAddress address)
    {
        using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException missing) when (missing.SocketErrorCode == SocketError.AddressNotAvailable && IPAddress.IsLoopback(address))
        {
            return false;
        }
    }

    private void Post(PhoneEvent happened) => mailbox.Post(() => Handle(happened));

    private Task<IReadOnlyList<PhoneEffect>> TellAsync(PhoneEvent happened) => AskAsync(() => Handle(happened));

    private async Task<T> AskAsync<T>(Func<T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        mailbox.Post(() =>
        {
            try
            {
                answer.SetResult(question());
            }
            catch (Exception broken)
            {
                answer.SetException(broken);
            }
        });
        return await answer.Task.WaitAsync(stop.Token);
    }

    private Task<PhoneEffect.AnswerContactMe> AskContactMeAsync(PhoneEvent.ContactMe contactMe) =>
        AskAsync(() => Handle(contactMe).OfType<PhoneEffect.AnswerContactMe>().Single());

    private IReadOnlyList<PhoneEffect> Handle(PhoneEvent happened)
    {
        if (happened is PhoneEvent.TimerFired fired)
            Replace(fired.Timer, null);
        var effects = phone.Handle(happened, time.GetUtcNow());
        foreach (var effect in effects)
            Do(effect);
        watch?.Handled(phone);
        Changed?.Invoke();
        return effects;
    }

    private void Do(PhoneEffect effect)
    {
        switch (effect)
        {
            case PhoneEffect.Post post:
                Start(() => client.PostAsync(post, stop.Token));
                break;
            case PhoneEffect.Poll poll:
                Start(() => client.PollAsync(poll.Address, stop.Token));
                break;
            case PhoneEffect.Download download:
                // A download may begin with work that takes time; the phone's thread goes on.
                Start(() => Task.Run(async () => (PhoneEvent)new PhoneEvent.Downloaded(download.Number, await FileDownload.LoadAsync(download.File, stop.Token))));
                break;
            case PhoneEffect.Trust trust:
                client.Trust(trust.Data);
                break;
            case PhoneEffect.Listen listen:
                listener.IsOn = listen.On;
                break;
            case PhoneEffect.CloseConnection:
                client.Close();
                break;
            case PhoneEffect.StartTimer start:
                if (start is { Timer: PhoneTimer.Retry } && start.Span == Phone.OverloadPause)
                    watch?.Failed(WireError.Overload);
                StartTimer(start.Timer, start.Span);
                break;
            case PhoneEffect.StopTimer ended:
                Replace(ended.Timer, null);
                break;
            case PhoneEffect.Observe observe:
                observations ??= [];
                if (observations.Count < 1000)
                    observations.Add(observe.Observation);
                watch?.Failed(observe.Observation.Code);
                LogObserved(identity.Mac, observe.Observation.Code, observe.Observation.Expected, observe.Observation.Actual);
                break;
        }
    }

    private void StartTimer(PhoneTimer timer, TimeSpan span)
    {
        var boot = timer == PhoneTimer.Boot ? ++boots : 0;
        Replace(timer, time.CreateTimer(_ => Fire(), null, span, Timeout.InfiniteTimeSpan));

        void Fire()
        {
            if (timer == PhoneTimer.Boot)
                _ = BootedAsync(boot);
            else
                Post(new PhoneEvent.TimerFired(timer));
        }
    }

    /// <summary>
    /// A phone that has booted waits for its turn to connect, and only then writes its message: in a storm thousands wait,
    /// and a message of each would be kept, and moved by each collection, until its turn comes.
    /// </summary>
    private async Task BootedAsync(int boot)
    {
        gate.Enter();
        try
        {
            await client.WaitForTurnAsync(stop.Token);
            if (!mailbox.Post(() => client.InTurn(Booted)))
                client.ReturnTurn();
        }
        catch (Exception gone) when (gone is OperationCanceledException or ObjectDisposedException)
        {
            // The phone was taken away while it waited.
        }
        finally
        {
            gate.Leave();
        }

        void Booted()
        {
            // Its power may have gone meanwhile, and come back: then it boots once more.
            if (boot == boots)
                Handle(new PhoneEvent.TimerFired(PhoneTimer.Boot));
        }
    }

    private void Replace(PhoneTimer timer, ITimer? other)
    {
        timers[(int)timer]?.Dispose();
        timers[(int)timer] = other;
    }

    /// <summary>Begins something that ends in an event.</summary>
    private void Start(Func<Task<PhoneEvent>> work)
    {
        gate.Enter();
        _ = FinishAsync(work);
    }

    private async Task FinishAsync(Func<Task<PhoneEvent>> work)
    {
        try
        {
            Post(await work());
        }
        finally
        {
            gate.Leave();
        }
    }
}
