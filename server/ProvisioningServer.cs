using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Accounts;
using OpenStage.Server.Admin;
using OpenStage.Server.Campaigns;
using OpenStage.Server.ContactMe;
using OpenStage.Server.Conversations;
using OpenStage.Server.Devices;
using OpenStage.Server.Files;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;
using OpenStage.Server.Mobility;
using OpenStage.Server.Nodes;
using OpenStage.Server.Observations;
using OpenStage.Server.Operations;
using OpenStage.Server.PhoneEndpoint;
using OpenStage.Server.Phones;
using OpenStage.Server.Polling;
using OpenStage.Server.Scans;
using OpenStage.Server.SecureMode;
using OpenStage.Server.Storage;
using OpenStage.Server.Telemetry;
using OpenStage.Server.Templates;
using OpenStage.Server.Transcripts;

namespace OpenStage.Server;

/// <summary>A running provisioning service: what the maker calls DLS.</summary>
public sealed class ProvisioningServer : IPhoneWatch, IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Activity activity = new();
    private readonly Stack<IAsyncDisposable> open = new();
    private readonly ServerOptions options;
    private readonly ConversationScripts scripts;
    private readonly Database database;
    private readonly ServerMetrics metrics;
    private readonly ServerTraces traces;
    private ContactScheduler? scheduler;
    private PhoneListener? phones;
    private PhoneListener? securePhones;
    private AdminListener? admin;
    private AnswerSignature? signature;
    private int disposed;

    private ProvisioningServer(ServerOptions options, TimeProvider time, IReadOnlyList<IExchangeLog> logs, string telemetry = ServerMetrics.MeterName)
    {
        this.options = options;
        metrics = new ServerMetrics(telemetry);
        traces = new ServerTraces(telemetry);
        // Before the store: when the folder of the transcripts is refused, nothing is open yet.
        var transcript = options.TranscriptFolder is { } folder ? new TranscriptFile(folder) : null;
        database = Database.Open(options.DataFolder, options.Database, options.KeyFile);
        scripts = new ConversationScripts(Signal);
        Access = new AccessControl(database, time, options);
        Jobs = new JobQueue(database, time, options.JobLifetime, options.JobAttempts, Signal);
        Devices = new DeviceDirectory(database);
        MobileUsers = new MobileUserDirectory(database);
        Files = new FileLibrary(database, time, options.MaxFileBytes);
        Templates = new TemplateBook(database, Jobs, TemplateResolver);
        Campaigns = new CampaignBook(database, time);
        Observations = new ObservationBook(time);
        Recent = new RecentExchanges();
        Inspection = new ExchangeInspection(time, [.. logs, Recent, .. transcript is null ? Array.Empty<IExchangeLog>() : [transcript]]);
        ContactMe = new ContactMeClient(time, options.ContactTimeout, Inspection, metrics, traces);
        Health = new ServerHealth(Listeners(options), () => database.Read(session => session.SchemaVersion()), time);
        metrics.Watch(database);
        Jobs.Changed += metrics.Changed;
        Jobs.Changed += traces.Step;
        Authority = new Authority(database, time, options.ClientCertificateLifetime);
        SecureMode = new SecureModeControl(database, time, Authority, Jobs, () => SecureUrl?.Port);
    }

    /// <summary>Where phones post to: address, port and the first of the paths.</summary>
    public Uri PhoneUrl { get; private set; } = null!;

    /// <summary>Where phones in Secure Mode post to; null when there is no secure port.</summary>
    public Uri? SecureUrl { get; private set; }

    /// <summary>Where the administration listens.</summary>
    public Uri AdminUrl { get; private set; } = null!;

    /// <summary>The one-time password of the account <c>admin</c>, when this start made it; else null. Nothing else shows it.</summary>
    public string? FirstPassword { get; private set; }

    /// <summary>What phones behind NAT are told to poll, item <c>dcmp-url</c> (WPI guide p.24); null when polls are off.</summary>
    public Uri? PollUrl { get; private set; }

    public JobQueue Jobs { get; }

    public DeviceDirectory Devices { get; }

    public MobileUserDirectory MobileUsers { get; }

    /// <summary>Files and firmware that can be deployed.</summary>
    public FileLibrary Files { get; }

    /// <summary>Deviations from the guide that the server saw.</summary>
    public ObservationBook Observations { get; }

    public IConversationScripts Scripts => scripts;

    /// <summary>Sends contact-me requests past the queue of jobs.</summary>
    public ContactMeClient ContactMe { get; }

    internal ServerHealth Health { get; }

    internal ServerMetrics Metrics => metrics;

    internal AccessControl Access { get; }

    /// <summary>What the administration is made of, its routes among it.</summary>
    internal IServiceProvider AdminServices => admin!.Services;

    internal Authority Authority { get; }

    internal SecureModeControl SecureMode { get; }

    /// <summary>Puts the templates of a phone together; what it asks for the phone's user is set here.</summary>
    internal TemplateResolver TemplateResolver { get; } = new() { UserOf = PhoneUsers.DataOf };

    internal TemplateBook Templates { get; }

    internal CampaignBook Campaigns { get; }

    /// <summary>Those who have phones.</summary>
    public PhoneUsers PhoneUsers => Phones.Users;

    internal PhoneResource Phones { get; private set; } = null!;

    internal Database Store => database;

    internal RecentExchanges Recent { get; }

    /// <summary>Looks for phones in ranges of addresses.</summary>
    internal AddressScanner Scanner { get; private set; } = null!;

    internal ExchangeInspection Inspection { get; }

    /// <summary>Opens store and listeners and takes up what an earlier run left.</summary>
    /// <param name="logs">Get every exchange, with its secrets, when it is over.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">Database or certificate in the data folder cannot be used; both are left as they are.</exception>
    /// <exception cref="PortInUseException">A port is taken.</exception>
    public static async Task<ProvisioningServer> StartAsync(
        ServerOptions options, TimeProvider time, ILoggerFactory? loggers, IEnumerable<IExchangeLog> logs, CancellationToken cancellation)
    {
        ServerOptionsCheck.Check(options);
        var server = new ProvisioningServer(options, time, [.. logs]);
        try
        {
            await server.OpenAsync(time, loggers ?? NullLoggerFactory.Instance, cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens store and phone ports alone, without administration and without anything that is due: to serve phones that do not exist.</summary>
    /// <param name="telemetry">What its metrics and traces are called, so that nobody takes them for those of a site.</param>
    internal static async Task<ProvisioningServer> StartForRehearsalAsync(ServerOptions options, TimeProvider time, string telemetry, CancellationToken cancellation)
    {
        var server = new ProvisioningServer(options, time, [], telemetry);
        try
        {
            await server.OpenPhonesAsync(time, NullLoggerFactory.Instance, cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Completes when no exchange is under way and nothing is due at the present time. A POST that waits for a script's
    /// answer does not count.
    /// </summary>
    public Task WhenIdleAsync(CancellationToken cancellation) => activity.WhenIdleAsync(cancellation);

    /// <summary>
    /// Takes no more phones and lets the exchanges that are under way end, at most <see cref="ServerOptions.StopTimeout"/>
    /// long. Interactions that are open go on at the next start. The administration answers until the disposal.
    /// </summary>
    /// <param name="hurry">Ends the waiting.</param>
    public async Task StopAsync(CancellationToken hurry)
    {
        Health.Stopping();
        scheduler?.Halt();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(hurry);
        limit.CancelAfter(options.StopTimeout);
        // Side by side: the time is for both together.
        await Task.WhenAll(new[] { phones, securePhones }.OfType<PhoneListener>().Select(listener => listener.StopAsync(limit.Token)));
    }

    /// <summary>Gives the account <c>admin</c> a new one-time password, and its rights back: for those who have lost their way in.</summary>
    public string ResetFirstPassword() => Access.ResetFirst();

    /// <summary>Closes listeners and store. What is not done is taken up at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        await stopping.CancelAsync();
        while (open.TryPop(out var part))
            await part.DisposeAsync();
        Scanner?.Dispose();
        if (scheduler is not null)
            await scheduler.DisposeAsync();
        metrics.Dispose();
        traces.Dispose();
        signature?.Dispose();
        database.Dispose();
        stopping.Dispose();
    }

    private async Task OpenAsync(TimeProvider time, ILoggerFactory loggers, CancellationToken cancellation)
    {
        Files.Recover();
        var engine = await OpenPhonesAsync(time, loggers, cancellation);
        await OpenPollsAsync(time, loggers, cancellation);
        Scanner = new AddressScanner(database, time, options, ContactMe, activity, () => PhoneUrl.Port, loggers.CreateLogger<AddressScanner>());
        Phones = new PhoneResource(new PhoneParts
        {
            Database = database,
            Time = time,
            Jobs = Jobs,
            Engine = engine,
            Options = options,
            PhoneUrl = () => PhoneUrl,
        });
        var redirects = OpenRedirects(time, loggers);
        var adminCertificate = options.AdminCertificate is { } file ? AdminCertificate.Load(file, time.GetUtcNow()) : null;
        admin = new AdminListener(options, this, adminCertificate, time, loggers, stopping.Token);
        open.Push(admin);
        await admin.StartAsync(cancellation);
        Health.Opened("administration", admin.Port);
        AdminUrl = Url(adminCertificate is null ? "http" : "https", options.AdminAddress, admin.Port, "/");
        scheduler!.Recover();
        if (database.IsShared)
            open.Push(new NodeRegistry(database, time, scheduler.Recover, loggers.CreateLogger<NodeRegistry>()));
        var campaigns = new CampaignRunner(
            database, new CampaignSteps(Jobs, TemplateResolver, time), Jobs, time, activity, loggers.CreateLogger<CampaignRunner>());
        open.Push(campaigns);
        campaigns.Start();
        redirects?.Wake();
        // Last of all: a start that fails must not make a password that nobody gets to see.
        FirstPassword = Access.Begin();
    }

    private async Task<InteractionEngine> OpenPhonesAsync(TimeProvider time, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var certificate = ServerCertificate.LoadOrCreate(options.DataFolder, options.ListenAddress, time.GetUtcNow());
        signature = options.SignAnswers ? AnswerSignature.With(certificate) : null;
        var engine = new InteractionEngine(database, time, options, Jobs, Observations, metrics, this, signature?.WrapperBytes ?? 0);
        var dialogue = new PhoneDialogue(engine, scripts, Observations, new MessageReading(database.Vault, options.MaxMessageBytes), Signal, loggers.CreateLogger<PhoneDialogue>(), signature);
        var files = new FileArea(database, Files, Jobs, Inspection, time, activity, metrics, loggers.CreateLogger<FileArea>(), stopping.Token);
        var handler = new PhoneRequestHandler(
            dialogue, files, Inspection, Observations, options, time, activity, metrics, traces, loggers.CreateLogger<PhoneRequestHandler>(), stopping.Token);
        scheduler = new ContactScheduler(new SchedulerParts
        {
            Database = database,
            Time = time,
            Options = options,
            Queue = Jobs,
            Book = Observations,
            Engine = engine,
            Client = ContactMe,
            Scripts = scripts,
            Metrics = metrics,
            Activity = activity,
            Logger = loggers.CreateLogger<ContactScheduler>(),
            PhonePort = device => (device.SecureMode is null or { MayReturn: true } ? PhoneUrl : SecureUrl ?? PhoneUrl).Port,
        });

        phones = new PhoneListener(options, options.PhonePort, certificate, null, Observations, loggers);
        await phones.StartAsync(handler.HandleAsync, cancellation);
        open.Push(phones);
        Health.Opened("phones", phones.Port);
        PhoneUrl = Url("https", options.ListenAddress, phones.Port, options.PhonePaths[0]);
        if (options.SecurePort is { } port)
        {
            var tls = new SecurePort(database, Authority, Observations, time, options);
            securePhones = new PhoneListener(options, port, null, tls, Observations, loggers);
            await securePhones.StartAsync(handler.HandleAsync, cancellation);
            open.Push(securePhones);
            Health.Opened("secure phones", securePhones.Port);
            SecureUrl = Url("https", options.ListenAddress, securePhones.Port, options.PhonePaths[0]);
        }

        return engine;
    }

    private async Task OpenPollsAsync(TimeProvider time, ILoggerFactory loggers, CancellationToken cancellation)
    {
        if (options.PollPort is not { } port)
            return;
        var handler = new PollHandler(database, Inspection, options, time, activity, loggers.CreateLogger<PollHandler>());
        var polls = new PollListener(options, port, loggers);
        await polls.StartAsync(handler.HandleAsync, cancellation);
        open.Push(polls);
        Health.Opened("polls", polls.Port);
        PollUrl = Url("http", options.ListenAddress, polls.Port, "/dcmp/");
    }

    private RedirectRunner? OpenRedirects(TimeProvider time, ILoggerFactory loggers)
    {
        if (options.RedirectService is not { } service)
            return null;
        var client = new RedirectClient(service, options.RedirectToken, options.RedirectTimeout);
        var redirects = new RedirectRunner(database, client, time, activity, loggers.CreateLogger<RedirectRunner>());
        open.Push(redirects);
        return redirects;
    }

    /// <summary>Listeners that the server is not ready without.</summary>
    private static string[] Listeners(ServerOptions options) =>
    [
        "phones",
        .. options.SecurePort is null ? Array.Empty<string>() : ["secure phones"],
        .. options.PollPort is null ? Array.Empty<string>() : ["polls"],
        "administration",
    ];

    void IPhoneWatch.Changed(string mac) => Signal(mac);

    void IPhoneWatch.Seen(PhoneSituation situation) => scheduler?.Seen(situation);

    private void Signal(string mac) => scheduler?.Changed(mac);

    private static Uri Url(string scheme, IPAddress address, int port, string path)
    {
        var local = address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"{scheme}://{new IPEndPoint(local, port)}{path}"));
    }
}
