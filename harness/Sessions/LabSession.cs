using System.Globalization;
using System.Net;
using System.Net.Security;
using OpenStage.Harness.Clock;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Listening;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Reports;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Time;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.ContactMe;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;
using OpenStage.Server;
using OpenStage.Server.PhoneEndpoint;
using OpenStage.Simulator;

namespace OpenStage.Harness.Sessions;

/// <summary>A running lab: the server, the phones, the clock, and the evidence of what happened.</summary>
public sealed class LabSession : IAsyncDisposable
{
    /// <summary>A little more than the contact gap that phones come with (300 s).</summary>
    internal static readonly TimeSpan DefaultContactGap = TimeSpan.FromSeconds(310);

    /// <summary>How long a phone may take to restart.</summary>
    public static readonly TimeSpan RestartPatience = TimeSpan.FromMinutes(3);

    /// <summary>The phone's contact gap in seconds (field: server).</summary>
    private static readonly ItemKey ContactInterval = new("dls-contact-interval");

    /// <summary>The contact gap during a run, in seconds.</summary>
    private const string ShortInterval = "5";

    private readonly List<SimulatedPhone> emulated = [];
    private readonly Dictionary<string, PhoneUnderTest> phones = [];
    private readonly Dictionary<string, ServiceUnderTest> services = [];
    private readonly List<OwnService> own = [];
    private readonly string dataFolder = Directory.CreateTempSubdirectory("openstage-lab-").FullName;
    private readonly CancellationTokenSource interruption = new();
    private readonly List<PhoneLock> locks = [];
    private readonly List<string> notices = [];
    private readonly LabWorld world;
    private readonly long began;
    private int caseStart;

    private LabSession(LabFile lab, LabWorld world)
    {
        Lab = lab;
        var hasPhysical = lab.Phones.Any(phone => phone.Kind == PhoneKind.Physical);
        var manual = world.Clock ?? (hasPhysical ? null : new ManualClock());
        this.world = world;
        Clock = manual ?? TimeProvider.System;
        began = Clock.GetTimestamp();
        Time = manual is null ? new RealLabTime(Clock) : new VirtualLabTime(manual, SettleAsync);
        CaseTime = new InterruptibleTime(Time, interruption.Token);
        CalmDown = hasPhysical ? TimeSpan.FromSeconds(Math.Min(5, lab.Patience.TotalSeconds)) : TimeSpan.FromSeconds(30);
        Recorder = new ExchangeRecorder(Time.Pulse);
        StartedAt = TimeProvider.System.GetUtcNow();
    }

    public LabFile Lab { get; }

    /// <summary>Time of the lab itself, which goes on after an interruption so that phones can be restored.</summary>
    public ILabTime Time { get; }

    /// <summary>Time of cases, whose waits end when the run is interrupted.</summary>
    public ILabTime CaseTime { get; }

    public bool IsInterrupted => interruption.IsCancellationRequested;

    public ProvisioningServer Server { get; private set; } = null!;

    public DateTimeOffset StartedAt { get; }

    /// <summary>Time of the lab's clock since the lab began, which all evidence is dated by.</summary>
    internal TimeSpan Offset => Clock.GetElapsedTime(began);

    /// <summary>The phones in the order of the lab file.</summary>
    public IReadOnlyCollection<PhoneUnderTest> Phones => [.. Lab.Phones.Select(phone => phones.GetValueOrDefault(phone.Id)).OfType<PhoneUnderTest>()];

    internal ExchangeRecorder Recorder { get; }

    /// <summary>What listeners of cases show.</summary>
    internal SslStreamCertificateContext Certificate => ServiceCertificates.For(IPAddress.Parse(Lab.Server.Address));

    private TimeProvider Clock { get; }

    /// <summary>Time in which what a case set off comes to an end.</summary>
    internal TimeSpan CalmDown { get; }

    /// <summary>Why phones or services cannot have any case run on them, one line a phone.</summary>
    public IReadOnlyList<string> Problems => [.. phones.Values.Select(phone => phone.Unusable).Concat(services.Values.Select(service => service.Unusable)).OfType<string>()];

    /// <summary>What people should know of the start: locks of dead runs that were taken over, settings that were set back.</summary>
    public IReadOnlyList<string> Notices => [.. locks.Select(taken => taken.Notice).Where(notice => notice.Length > 0), .. notices];

    /// <summary>Starts the server and boots every phone.</summary>
    /// <exception cref="LabErrorException">A port is in use, or a phone did not register.</exception>
    /// <param name="world">What is around the lab; null for this machine as it is.</param>
    public static async Task<LabSession> StartAsync(LabFile lab, LabWorld? world = null, CancellationToken cancellation = default)
    {
        world ??= new LabWorld();
        var session = new LabSession(lab, world);
        try
        {
            // First of all: a phone that another run has must not hear from this one.
            foreach (var phone in lab.Phones.Where(phone => phone.Kind == PhoneKind.Physical))
                session.locks.Add(PhoneLock.Take(world.LockFolder, phone.Mac, session.StartedAt));
            if (lab.Phones.Count > 0)
                await session.StartServerAsync(cancellation);
            foreach (var service in lab.Services)
                session.services[service.Id] = await ServiceUnderTest.StartAsync(lab, await session.StartedAsync(service, cancellation), TimeProvider.System, world.People);
            foreach (var phone in lab.Phones.Where(phone => phone.Kind == PhoneKind.Emulated))
                await session.StartPhoneAsync(phone, cancellation);
            await session.StartPhysicalAsync([.. lab.Phones.Where(phone => phone.Kind == PhoneKind.Physical)]);

            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public PhoneUnderTest Phone(string id) => phones[id];

    /// <summary>Services under test.</summary>
    public IReadOnlyCollection<ServiceUnderTest> Services => services.Values;

    public ServiceUnderTest Service(string id) => services[id];

    /// <summary>The report's entry for a phone or a service.</summary>
    public PhoneEntry Describe(string id) => services.TryGetValue(id, out var service) ? service.Describe() : Describe(Phone(id));

    internal void Say(string notice) => notices.Add(notice);

    /// <summary>Ends the waits of the present case; safe from any thread.</summary>
    public void Interrupt()
    {
        interruption.Cancel();
        Time.Pulse();
    }

    /// <summary>Everything on the wire from here on belongs to the next case.</summary>
    public void BeginCase() => caseStart = Recorder.Count;

    public IReadOnlyList<HttpExchange> CaseExchanges() => Recorder.From(caseStart);

    /// <summary>The report's entry for a phone.</summary>
    public static PhoneEntry Describe(PhoneUnderTest phone) => new()
    {
        Id = phone.Entry.Id,
        Mac = phone.Mac,
        Model = phone.Entry.Model,
        Firmware = phone.Firmware.ToString(),
        Address = phone.ContactMeUri.Authority,
        ServerUrl = phone.ServerUrl.AbsoluteUri,
        Kind = phone.Entry.Kind == PhoneKind.Physical ? "physical" : "emulated",
        Quirks = phone.Entry.Quirks,
    };

    /// <summary>The request to call: a physical phone is told where, as it may belong to another service (WPI guide p.14).</summary>
    internal ContactMeRequest ContactMe(LabPhone phone) => phone.Kind == PhoneKind.Physical
        ? new ContactMeRequest(true, Lab.Server.Advertised ?? Lab.Server.Address, Server.PhoneUrl.Port)
        : new ContactMeRequest(true);

    /// <summary>The entry of a service that can be called; services of others run already.</summary>
    private async Task<LabService> StartedAsync(LabService service, CancellationToken cancellation)
    {
        if (!service.IsOwn)
            return service;
        var started = await OwnService.StartAsync(TimeProvider.System, cancellation);
        own.Add(started);
        return started.Entry(service.Id, service.Macs);
    }

    private async Task StartServerAsync(CancellationToken cancellation)
    {
        ServerCertificate.Keep(dataFolder, Certificate.TargetCertificate);
        try
        {
            Server = await ProvisioningServer.StartAsync(
                new ServerOptions
                {
                    DataFolder = dataFolder,
                    ListenAddress = IPAddress.Parse(Lab.Server.Address),
                    PhonePort = Lab.Server.PhonePort,
                    SecurePort = null,
                    AdminPort = Lab.Server.AdminPort,
                    AdvertisedAddress = Lab.Server.Advertised,
                },
                Clock, loggers: null, [Recorder], cancellation);
        }
        catch (IOException broken)
        {
            throw new LabErrorException($"The server cannot listen on {Lab.Server.Address}, ports {Lab.Server.PhonePort} and {Lab.Server.AdminPort}: {broken.Message} Free the port, or give another one (0 for any) in {Lab.File}.", broken);
        }
    }

    private async Task StartPhysicalAsync(IReadOnlyList<LabPhone> entries)
    {
        var physical = entries.Select(entry => new PhysicalPhone(
            this, entry, new PhysicalActuators(entry, Clock, world.People), RestoreJournal.Of(world.LockFolder, entry.Mac))).ToList();
        foreach (var (entry, phone) in entries.Zip(physical))
            phones[entry.Id] = await phone.StartAsync();
        // After all have called: their contact gaps go by together.
        foreach (var (entry, phone) in entries.Zip(physical))
            await phone.PrepareAsync(phones[entry.Id]);
    }

    private async Task StartPhoneAsync(LabPhone entry, CancellationToken cancellation)
    {
        SimulatedPhone phone;
        try
        {
            phone = await SimulatedPhone.StartAsync(
                new PhoneOptions
                {
                    Server = Server.PhoneUrl,
                    Model = entry.Model,
                    Firmware = entry.Firmware,
                    Mac = entry.Mac,
                    Address = entry.Address ?? EmulatedPhones.FreeAddress(Lab.Phones, emulated.Count),
                    Seed = Lab.Seed,
                    Quirks = entry.Quirks,
                    FragmentItems = entry.FragmentItems,
                    CustomModel = EmulatedPhones.Reduced(entry),
                    Recording = entry.Recording,
                },
                Clock, log: null, loggers: null, cancellation);
        }
        catch (IOException broken)
        {
            throw new LabErrorException($"The emulated phone {entry.Id} cannot start: {broken.Message}", broken);
        }

        emulated.Add(phone);
        phones[entry.Id] = new PhoneUnderTest(this, entry, phone.Firmware, new EmulatedActuators(phone), phone.ContactMeUri);
        if (!await Time.UntilAsync(() => Server.Devices.Get(entry.Mac) is not null, Lab.Patience) && entry.Quirks.Count == 0)
            throw new LabErrorException($"The phone {entry.Id} ({entry.Mac}) did not register at {Server.PhoneUrl} within {Lab.Patience.TotalSeconds:0} s.");
        await Time.UntilAsync(() => Server.Devices.ItemsAsync(entry.Mac).Result.Count > 0, Lab.Patience);
        try
        {
            await LearnAsync(phones[entry.Id], []);
        }
        catch (ConformanceException) when (entry.Quirks.Count > 0)
        {
            // A quirk keeps it from telling; cases will say which.
        }
        finally
        {
            phones[entry.Id].DropConversations();
        }
    }

    /// <summary>
    /// Has the lab know the settings of a phone before any case changes them, and shortens its contact gap for the time of
    /// the run where that is allowed: without that a suite would take a day.
    /// </summary>
    /// <param name="left">Settings that a run before has changed, with what they were.</param>
    internal async Task LearnAsync(PhoneUnderTest phone, IReadOnlyList<Item> left)
    {
        phone.Settings.Remember((await Server.Devices.ItemsAsync(phone.Mac)).Select(item => new Item(item.Name, item.Value, item.Index)));
        phone.Settings.Remember(left);
        phone.Settings.Changing(left);
        var keep = phone.Entry.Consent.HasFlag(Consent.ChangeSettings) ? new Item(ContactInterval.Name, ShortInterval) : (Item?)null;
        var isShort = await phone.Settings.LearnAsync(Time, keep);
        phone.ContactGap = Gap(isShort ? ShortInterval : phone.Settings.Before(ContactInterval));
        await Time.PassAsync(CalmDown);
    }

    /// <summary>A little more than the phone's own.</summary>
    private static TimeSpan Gap(string? seconds) => int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
        ? TimeSpan.FromSeconds(whole + Math.Max(1, whole / 30))
        : DefaultContactGap;

    /// <summary>Completes when neither the server nor a phone has anything to do at the present time.</summary>
    private async Task SettleAsync(CancellationToken cancellation)
    {
        bool busy;
        do
        {
            busy = false;
            foreach (var whenIdle in emulated.Select(phone => (Func<CancellationToken, Task>)phone.WhenIdleAsync).Concat(world.WhenIdle).Append(Server.WhenIdleAsync))
            {
                var idle = whenIdle(cancellation);
                busy |= !idle.IsCompleted;
                await idle;
            }
        }
        while (busy);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in services.Values)
            await service.DisposeAsync();
        foreach (var service in own)
            await service.DisposeAsync();
        foreach (var phone in emulated)
            await phone.DisposeAsync();
        if (Server is not null)
            await Server.DisposeAsync();
        // Last: until here a message could still go to a phone.
        foreach (var taken in locks)
            taken.Dispose();
        interruption.Dispose();
        try
        {
            Directory.Delete(dataFolder, recursive: true);
        }
        catch (IOException)
        {
            // A virus scanner may still hold a file; the folder is the system's temporary one.
        }
    }
}
