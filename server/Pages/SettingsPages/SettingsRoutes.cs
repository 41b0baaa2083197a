using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Npgsql;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Pages.SettingsPages;

/// <summary>The page of what the server runs with.</summary>
internal sealed class SettingsRoutes(ProvisioningServer server, ServerOptions options)
{
    public void Map(PageMap map) => map.Get("/settings", _ => PageMap.Page<SettingsPage>(Read()));

    private IReadOnlyList<SettingsGroup> Read() =>
    [
        new("Node",
        [
            new("Machine", Environment.MachineName),
            new("Process", Number(Environment.ProcessId)),
            new("Running since", Parts.Moments.Full(server.Inspection.Start)),
            new("Version", Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? ""),
            new("Runtime", RuntimeInformation.FrameworkDescription),
            new("Operating system", RuntimeInformation.OSDescription),
        ]),
        new("Store",
        [
            new("Kind", options.Database is null ? "SQLite file, one node" : "PostgreSQL, nodes may share it"),
            new("Place", Place()),
            new("Key file", options.KeyFile ?? "server.key in the data folder"),
            new("Schema version", Number(Migrations.Steps.Count)),
        ]),
        new("Phones",
        [
            new("Address", server.PhoneUrl.ToString()),
            new("Paths", string.Join(", ", options.PhonePaths)),
            new("Advertised address", options.AdvertisedAddress ?? "none: phones call where they are told to otherwise"),
            new("TLS 1.0 and 1.1", options.AllowTls10 ? "accepted" : "refused"),
            new("Most bytes a message", Number(options.MaxMessageBytes)),
            new("Contact at foreign addresses", options.AllowForeignContactAddress ? "allowed" : "refused"),
        ]),
        new("Times",
        [
            new("Between two call-backs", options.ContactGap is { } gap ? Span(gap) : "what the phone says, else 300 s"),
            new("Between two contact-me", Span(options.ContactInterval)),
            new("For a contact-me to be answered", Span(options.ContactTimeout)),
            new("For a contacted phone to call", Span(options.CallBackTimeout)),
            new("Between two messages", Span(options.ReplyTimeout)),
            new("After busy, before V3R3", Span(options.BusyRetryInterval)),
            new("For a busy phone to call, from V3R3", Span(options.IdleCallTimeout)),
            new("For a restarted phone to start up", Span(options.StartUpTimeout)),
            new("For a job", Span(options.JobLifetime)),
            new("Attempts of a job", options.JobAttempts.ToString(CultureInfo.InvariantCulture)),
        ]),
        new("Administration",
        [
            new("Address", server.AdminUrl.ToString()),
            new("Transcripts", options.TranscriptFolder ?? "not written to files"),
        ]),
    ];

    private string Place()
    {
        if (options.Database is not { } connection)
            return Path.GetFullPath(options.DataFolder);
        var known = new NpgsqlConnectionStringBuilder(connection);
        return string.Create(CultureInfo.InvariantCulture, $"{known.Database} on {known.Host}, port {known.Port}");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } when span.TotalDays % 1 == 0 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays} d"),
        { TotalHours: >= 1 } when span.TotalHours % 1 == 0 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours} h"),
        { TotalMinutes: >= 1 } when span.TotalMinutes % 1 == 0 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds} s"),
    };
}
