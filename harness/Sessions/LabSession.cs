using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using OpenStage.Harness.Clock;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Time;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Wire;
using OpenStage.Server;
using OpenStage.Server.PhoneEndpoint;
using OpenStage.Simulator;

namespace OpenStage.Harness.Sessions;

/// <summary>A running lab: the server, the phones, the clock, and the evidence of what happened.</summary>
public sealed class LabSession : IAsyncDisposable
{
    /// <summary>A little more than the contact gap that phones come with (300 s).</summary>
    public static readonly TimeSpan ContactGap = TimeSpan.FromSeconds(310);

    /// <summary>How long a phone may take to restart.</summary>
    public static readonly TimeSpan RestartPatience = TimeSpan.FromMinutes(3);

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly List<SimulatedPhone> emulated = [];
    private readonly Dictionary<string, PhoneUnderTest> phones = [];
    private readonly string dataFolder = Directory.CreateTempSubdirectory("openstage-lab-").FullName;
    private readonly Lazy<X509Certificate2> certificate;
    private readonly long began;
    private int caseStart;

    private LabSession(LabFile lab)
    {
        Lab = lab;
        Clock = new ManualClock();
        began = Clock.GetTimestamp();
        Time = new VirtualLabTime(Clock, SettleAsync);
        Recorder = new ExchangeRecorder(Time.Pulse);
        StartedAt = TimeProvider.System.GetUtcNow();
        certificate = new Lazy<X509Certificate2>(() => ServerCertificate.Make(IPAddress.Parse(lab.Server.Address), StartedAt));
    }

    public LabFile Lab { get; }

    public ILabTime Time { get; }

    public ProvisioningServer Server { get; private set; } = null!;

    public DateTimeOffset StartedAt { get; }

    /// <summary>Real time since the lab began.</summary>
    public TimeSpan Elapsed => watch.Elapsed;

    /// <summary>Time of the lab's clock since the lab began, which all evidence is dated by.</summary>
    internal TimeSpan Offset => Clock.GetElapsedTime(began);

    public IReadOnlyCollection<PhoneUnderTest> Phones => phones.Values;

    internal ExchangeRecorder Recorder { get; }

    /// <summary>What listeners of cases show.</summary>
    internal X509Certificate2 Certificate => certificate.Value;

    private ManualClock Clock { get; }

    /// <summary>Starts the server and boots every phone.</summary>
    /// <exception cref="LabErrorException">A port is in use, or a phone did not register.</exception>
    public static async Task<LabSession> StartAsync(LabFile lab, CancellationToken cancellation = default)
    {
        var session = new LabSession(lab);
        try
        {
            await session.StartServerAsync(cancellation);
            foreach (var phone in lab.Phones)
                await session.StartPhoneAsync(phone, cancellation);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public PhoneUnderTest Phone(string id) => phones[id];

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
        Kind = "emulated",
        Quirks = phone.Entry.Quirks,
    };

    private async Task StartServerAsync(CancellationToken cancellation)
    {
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
                },
                Clock, loggers: null, [Recorder], cancellation);
        }
        catch (IOException broken)
        {
            throw new LabErrorException($"The server cannot listen on {Lab.Server.Address}, ports {Lab.Server.PhonePort} and {Lab.Server.AdminPort}: {broken.Message} Free the port, or give another one (0 for any) in {Lab.File}.", broken);
        }
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
    }

    /// <summary>Completes when neither the server nor a phone has anything to do at the present time.</summary>
    private async Task SettleAsync(CancellationToken cancellation)
    {
        bool busy;
        do
        {
            busy = false;
            foreach (var phone in emulated)
            {
                var idle = phone.WhenIdleAsync(cancellation);
                busy |= !idle.IsCompleted;
                await idle;
            }

            var rest = Server.WhenIdleAsync(cancellation);
            busy |= !rest.IsCompleted;
            await rest;
        }
        while (busy);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var phone in emulated)
            await phone.DisposeAsync();
        if (Server is not null)
            await Server.DisposeAsync();
        if (certificate.IsValueCreated)
            certificate.Value.Dispose();
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
