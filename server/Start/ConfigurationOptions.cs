using System.Collections;
using System.CommandLine;
using OpenStage.Server.Configuration;
using OpenStage.Server.Logging;

namespace OpenStage.Server.Start;

/// <summary>The options of the command line that say how the server is configured.</summary>
internal static class ConfigurationOptions
{
    private static readonly Option<string?> Config = new("--config") { Description = "Configuration file; server.schema.json describes it", Recursive = true };
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Log every message" };

    private static readonly IReadOnlyList<(Option Option, string Property)> Given =
    [
        (Text("--data", "Folder of database and certificate", true), nameof(ServerOptions.DataFolder)),
        (Text("--database", "Connection string of a PostgreSQL database; a SQLite file in the data folder without it", true), nameof(ServerOptions.Database)),
        (Text("--key-file", "File of the key that the store is sealed with", true), nameof(ServerOptions.KeyFile)),
        (Text("--listen", "IP address phones reach"), nameof(ServerOptions.ListenAddress)),
        (Text("--port", "Port for phones, 0 for any free one"), nameof(ServerOptions.PhonePort)),
        (Text("--secure-port", "Port for phones in Secure Mode, 0 for any free one, off for none"), nameof(ServerOptions.SecurePort)),
        (Text("--admin-listen", "IP address of the administration", true), nameof(ServerOptions.AdminAddress)),
        (Text("--admin-port", "Port of the administration, 0 for any free one", true), nameof(ServerOptions.AdminPort)),
        (Text("--admin-certificate", "PFX file without a password: the administration by HTTPS"), nameof(ServerOptions.AdminCertificate)),
        (Flag("--allow-clear-admin", "Let others reach the administration without HTTPS"), nameof(ServerOptions.AllowClearAdmin)),
        (Flag("--allow-tls10", "Accept TLS 1.0 and 1.1 (needs an OpenSSL configuration at security level 0 as well)"), nameof(ServerOptions.AllowTls10)),
        (Text("--contact-gap", "Seconds between call-backs; default is what the phone says"), nameof(ServerOptions.ContactGap)),
        (Text("--advertise", "Address sent in each contact-me for phones to call"), nameof(ServerOptions.AdvertisedAddress)),
        (Text("--transcripts", "Folder for masked transcripts"), nameof(ServerOptions.TranscriptFolder)),
        (Flag("--allow-foreign-contact-address", "Contact phones at another address than they call from"), nameof(ServerOptions.AllowForeignContactAddress)),
        (Text("--contact-network", "Networks that phones may be contacted in, such as 10.1.0.0/16, with commas between several"), nameof(ServerOptions.ContactNetworks)),
        (Text("--poll-port", "Plain HTTP port that phones behind NAT poll, 0 for any free one, off for none"), nameof(ServerOptions.PollPort)),
        (Text("--max-interactions", "Most interactions at a time; more phones are answered overload"), nameof(ServerOptions.MaxInteractions)),
        (Text("--max-connections", "Most connections of phones at a time"), nameof(ServerOptions.MaxConnections)),
        (Flag("--sign-answers", "Wrap answers in an XML signature as the maker's service does"), nameof(ServerOptions.SignAnswers)),
        (Text("--redirect-service", "Base address of a redirect service for phones with rps"), nameof(ServerOptions.RedirectService)),
        (Text("--log", "Form of the log: text or json"), nameof(LogOptions.Format)),
    ];

    public static void AddTo(RootCommand root)
    {
        root.Add(Config);
        foreach (var (option, _) in Given)
            root.Add(option);
        root.Add(Verbose);
    }

    /// <summary>What the command line, the environment and the file that they name say together.</summary>
    /// <param name="file">A file to be read instead of the one that --config names.</param>
    /// <exception cref="ConfigurationException">Something is wrong; each problem is named.</exception>
    public static ServerConfiguration Read(ParseResult arguments, string? file = null)
    {
        var commandLine = new Dictionary<Setting, (string, string)>();
        foreach (var (option, property) in Given)
        {
            if (arguments.GetResult(option) is { Implicit: false } result)
                commandLine[Settings.Of(property)!] = (option.Name, result.Tokens.Count > 0 ? result.Tokens[0].Value : "true");
        }

        if (arguments.GetValue(Verbose))
            commandLine[Settings.Of(nameof(LogOptions.Level))!] = (Verbose.Name, nameof(LogLevel.Debug));
        var environment = Environment();
        file ??= arguments.GetValue(Config) ?? environment.GetValueOrDefault(ConfigurationEnvironment.ConfigVariable);
        return ConfigurationReader.Read(file is { Length: > 0 } ? file : null, environment, commandLine);
    }

    /// <summary>The variables of the process.</summary>
    public static Dictionary<string, string> Environment() => System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => variable.Value as string ?? "");

    private static Option<string?> Text(string name, string description, bool forAll = false) => new(name) { Description = description, Recursive = forAll };

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };
}
