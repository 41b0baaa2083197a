using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;

namespace OpenStage.Server.Start;

/// <summary>The command line: the one place that takes the system's clock.</summary>
internal static class StartCommand
{
    private const int UsageOrConfiguration = 2;

    private static readonly ServerOptions Default = new();
    private static readonly Option<string> Data = new("--data") { Description = "Folder of database and certificate", DefaultValueFactory = _ => Default.DataFolder };
    private static readonly Option<string?> DatabaseConnection = new("--database") { Description = "Connection string of a PostgreSQL database; default is a SQLite file in the data folder" };
    private static readonly Option<string?> KeyFile = new("--key-file") { Description = "File of the key that the store is sealed with; default is server.key in the data folder" };
    private static readonly Option<string> Listen = new("--listen") { Description = "IP address phones reach", DefaultValueFactory = _ => "127.0.0.1" };
    private static readonly Option<int> Port = new("--port") { Description = "Port for phones, 0 for any free one", DefaultValueFactory = _ => Default.PhonePort };
    private static readonly Option<string> AdminListen = new("--admin-listen") { Description = "IP address of the administration", DefaultValueFactory = _ => "127.0.0.1" };
    private static readonly Option<int> AdminPort = new("--admin-port") { Description = "Port of the administration, 0 for any free one", DefaultValueFactory = _ => Default.AdminPort };
    private static readonly Option<bool> AllowTls10 = new("--allow-tls10") { Description = "Accept TLS 1.0 and 1.1 (needs an OpenSSL configuration at security level 0 as well)" };
    private static readonly Option<double?> ContactGap = new("--contact-gap") { Description = "Seconds between call-backs; default is what the phone says" };
    private static readonly Option<string?> Advertise = new("--advertise") { Description = "Address sent in each contact-me for phones to call" };
    private static readonly Option<string?> Transcripts = new("--transcripts") { Description = "Folder for masked transcripts" };
    private static readonly Option<bool> AllowForeign = new("--allow-foreign-contact-address") { Description = "Contact phones at another address than they call from" };
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Log every message" };

    public static RootCommand Build()
    {
        var root = new RootCommand("Provisioning server for OpenStage and OpenScape Desk Phone IP")
        {
            Data, DatabaseConnection, KeyFile, Listen, Port, AdminListen, AdminPort, AllowTls10, ContactGap, Advertise, Transcripts, AllowForeign, Verbose,
        };
        root.SetAction(RunAsync);
        return root;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        using var loggers = LoggerFactory.Create(logging => logging
            .AddSimpleConsole(console => console.SingleLine = true)
            .AddFilter("Microsoft", LogLevel.Warning)
            .SetMinimumLevel(arguments.GetValue(Verbose) ? LogLevel.Debug : LogLevel.Information));
        try
        {
            var server = await ProvisioningServer.StartAsync(Options(arguments), TimeProvider.System, loggers, [], cancellation);
            await using (server)
            {
                await Console.Out.WriteLineAsync($"Phones:         {server.PhoneUrl}");
                await Console.Out.WriteLineAsync($"Administration: {server.AdminUrl}");
                await Console.Out.WriteLineAsync("Ctrl-C ends.");
                await WaitForEndAsync(cancellation);
            }

            return 0;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception wrong) when (wrong is ArgumentException or IOException or UnauthorizedAccessException or InvalidDataException or Microsoft.Data.Sqlite.SqliteException)
        {
            await Console.Error.WriteLineAsync($"error: {wrong.Message}");
            return UsageOrConfiguration;
        }
    }

    private static async Task WaitForEndAsync(CancellationToken cancellation)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        await using var cancelled = cancellation.Register(() => end.TrySetResult());
        await end.Task;

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            end.TrySetResult();
        }
    }

    private static ServerOptions Options(ParseResult arguments) => new()
    {
        DataFolder = arguments.GetValue(Data)!,
        Database = arguments.GetValue(DatabaseConnection),
        KeyFile = arguments.GetValue(KeyFile),
        ListenAddress = Address(arguments, Listen),
        PhonePort = arguments.GetValue(Port),
        AdminAddress = Address(arguments, AdminListen),
        AdminPort = arguments.GetValue(AdminPort),
        AllowTls10 = arguments.GetValue(AllowTls10),
        ContactGap = arguments.GetValue(ContactGap) is { } seconds ? Seconds(seconds) : null,
        AdvertisedAddress = arguments.GetValue(Advertise),
        TranscriptFolder = arguments.GetValue(Transcripts),
        AllowForeignContactAddress = arguments.GetValue(AllowForeign),
    };

    private static IPAddress Address(ParseResult arguments, Option<string> option)
    {
        var text = arguments.GetValue(option);
        return IPAddress.TryParse(text, out var address)
            ? address
            : throw new ArgumentException($"{option.Name} '{text}': allowed is an IP address such as 127.0.0.1 or 0.0.0.0.");
    }

    private static TimeSpan Seconds(double seconds) => seconds is >= 0 and <= 86_400
        ? TimeSpan.FromSeconds(seconds)
        : throw new ArgumentException($"{ContactGap.Name} '{seconds}': allowed is 0 to 86400.");
}
