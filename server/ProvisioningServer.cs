using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Admin;
using OpenStage.Server.ContactMe;
using OpenStage.Server.Conversations;
using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;
using OpenStage.Server.Mobility;
using OpenStage.Server.Nodes;
using OpenStage.Server.Observations;
using OpenStage.Server.PhoneEndpoint;
using OpenStage.Server.Storage;
using OpenStage.Server.Transcripts;

namespace OpenStage.Server;

/// <summary>A running provisioning service: what the maker calls DLS.</summary>
public sealed class ProvisioningServer : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Activity activity = new();
    private readonly Stack<IAsyncDisposable> open = new();
    private readonly ServerOptions options;
    private readonly ConversationScripts scripts;
    private readonly Database database;
    private ContactScheduler? scheduler;
    private int disposed;

    private ProvisioningServer(ServerOptions options, TimeProvider time, IReadOnlyList<IExchangeLog> logs)
    {
        this.options = options;
        // Before the store: when the folder of the transcripts is refused, nothing is open yet.
        var transcript = options.TranscriptFolder is { } folder ? new TranscriptFile(folder) : null;
        database = Database.Open(options.DataFolder, options.Database, options.KeyFile);
        scripts = new ConversationScripts(Signal);
        Jobs = new JobQueue(database, time, options.JobLifetime, Signal);
        Devices = new DeviceDirectory(database);
        MobileUsers = new MobileUserDirectory(database);
        Observations = new ObservationBook(time);
        Recent = new RecentExchanges();
        Inspection = new ExchangeInspection(time, [.. logs, Recent, .. transcript is null ? Array.Empty<IExchangeLog>() : [transcript]]);
        ContactMe = new ContactMeClient(time, options.ContactTimeout, Inspection);
    }

    /// <summary>Where phones post to: address, port and the first of the paths.</summary>
    public Uri PhoneUrl { get; private set; } = null!;

    /// <summary>Where the administration listens.</summary>
    public Uri AdminUrl { get; private set; } = null!;

    public JobQueue Jobs { get; }

    public DeviceDirectory Devices { get; }

    public MobileUserDirectory MobileUsers { get; }

    /// <summary>Deviations from the guide that the server saw.</summary>
    public ObservationBook Observations { get; }

    public IConversationScripts Scripts => scripts;

    /// <summary>Sends contact-me requests past the queue of jobs.</summary>
    public ContactMeClient ContactMe { get; }

    internal RecentExchanges Recent { get; }

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

    /// <summary>
    /// Completes when no exchange is under way and nothing is due at the present time. A POST that waits for a script's
    /// answer does not count.
    /// </summary>
    public Task WhenIdleAsync(CancellationToken cancellation) => activity.WhenIdleAsync(cancellation);

    /// <summary>Closes listeners and store. What is not done is taken up at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        await stopping.CancelAsync();
        while (open.TryPop(out var part))
            await part.DisposeAsync();
        if (scheduler is not null)
            await scheduler.DisposeAsync();
        database.Dispose();
        stopping.Dispose();
    }

    private async Task OpenAsync(TimeProvider time, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var engine = new InteractionEngine(database, time, options, Jobs, Observations, Signal);
        var certificate = ServerCertificate.LoadOrCreate(options.DataFolder, options.ListenAddress, time.GetUtcNow());
        var dialogue = new PhoneDialogue(engine, scripts, Observations, options.MaxMessageBytes, Signal, loggers.CreateLogger<PhoneDialogue>());
        var handler = new PhoneRequestHandler(
            dialogue, Inspection, Observations, options, time, activity, loggers.CreateLogger<PhoneRequestHandler>(), stopping.Token);
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
            Activity = activity,
            Logger = loggers.CreateLogger<ContactScheduler>(),
            PhonePort = () => PhoneUrl.Port,
        });

        var phones = new PhoneListener(options, certificate, Observations, loggers);
        await phones.StartAsync(handler.HandleAsync, cancellation);
        open.Push(phones);
        PhoneUrl = Url("https", options.ListenAddress, phones.Port, options.PhonePaths[0]);
        var admin = new AdminListener(options, this, loggers, stopping.Token);
        await admin.StartAsync(cancellation);
        open.Push(admin);
        AdminUrl = Url("http", options.AdminAddress, admin.Port, "/");
        scheduler.Recover();
        if (database.IsShared)
            open.Push(new NodeRegistry(database, time, scheduler.Recover, loggers.CreateLogger<NodeRegistry>()));
    }

    private void Signal(string mac) => scheduler?.Signal(mac);

    private static Uri Url(string scheme, IPAddress address, int port, string path)
    {
        var local = address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"{scheme}://{new IPEndPoint(local, port)}{path}"));
    }
}
