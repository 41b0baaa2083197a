using OpenStage.Server.Logging;
using OpenStage.Server.Telemetry;

namespace OpenStage.Server.Configuration;

/// <summary>Puts the configuration together: the command line wins over the environment, the environment over the file.</summary>
internal static class ConfigurationReader
{
    /// <param name="file">Path of the file, or null for none.</param>
    /// <param name="environment">All variables of the process.</param>
    /// <param name="commandLine">Options with what was written behind them.</param>
    /// <exception cref="ConfigurationException">Something is wrong; each problem is named.</exception>
    public static ServerConfiguration Read(
        string? file, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<Setting, (string Option, string Text)> commandLine)
    {
        var problems = new List<string>();
        var given = new Dictionary<Setting, GivenValue>();
        if (file is not null)
            Merge(given, ConfigurationFile.Read(file, problems));
        Merge(given, ConfigurationEnvironment.Read(environment, problems));
        foreach (var (setting, (option, text)) in commandLine)
        {
            if (setting.Read(option, text, problems) is { } value)
                given[setting] = value;
        }

        if (problems.Count > 0)
            throw new ConfigurationException(problems);
        return Checked(given);
    }

    private static ServerConfiguration Checked(Dictionary<Setting, GivenValue> given)
    {
        var configuration = new ServerConfiguration(Settings.Fill<ServerOptions>(given), Settings.Fill<TelemetryOptions>(given), Settings.Fill<LogOptions>(given));
        try
        {
            ServerOptionsCheck.Check(configuration.Server);
            configuration.Telemetry.Check();
            return configuration;
        }
        catch (RequestException wrong)
        {
            // The check names the property; whoever wrote the value knows it by another name.
            var setting = Settings.Of(wrong.Field);
            var origin = setting is not null && given.TryGetValue(setting, out var value) ? value.Origin : setting?.Key ?? wrong.Field;
            throw new ConfigurationException([$"{origin}: '{setting?.Shown(wrong.Value) ?? wrong.Value}' is not allowed; allowed is {wrong.Allowed}."]);
        }
    }

    private static void Merge(Dictionary<Setting, GivenValue> all, IReadOnlyDictionary<Setting, GivenValue> more)
    {
        foreach (var (setting, value) in more)
            all[setting] = value;
    }
}
