namespace OpenStage.Server.Configuration;

/// <summary>Reads the settings that environment variables give; an empty variable gives none.</summary>
internal static class ConfigurationEnvironment
{
    /// <summary>Names the configuration file when the command line names none.</summary>
    public const string ConfigVariable = "OPENSTAGE_CONFIG";

    private const string Prefix = "OPENSTAGE_";
    private const string InFile = "_FILE";

    /// <param name="variables">All variables of the process.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public static IReadOnlyDictionary<Setting, GivenValue> Read(IReadOnlyDictionary<string, string> variables, List<string> problems)
    {
        var given = new Dictionary<Setting, GivenValue>();
        foreach (var setting in Settings.All)
        {
            var direct = variables.GetValueOrDefault(setting.Variable, "");
            var path = setting.MayBeInFile ? variables.GetValueOrDefault(setting.Variable + InFile, "") : "";
            if (direct.Length > 0 && path.Length > 0)
                problems.Add($"{setting.Variable}: allowed is either it or {setting.Variable}{InFile}, not both.");
            else if (direct.Length > 0)
                Add(given, setting, setting.Read(setting.Variable, direct, problems));
            else if (path.Length > 0 && ReadFile(setting.Variable + InFile, path, problems) is { } text)
                Add(given, setting, setting.Read($"{setting.Variable}{InFile} ({path})", text, problems));
        }

        return given;
    }

    /// <summary>Variables that look as if they were settings, but are none: mistyped, or put there by an orchestrator.</summary>
    public static IReadOnlyList<string> Unknown(IReadOnlyDictionary<string, string> variables)
    {
        var known = Settings.All.SelectMany(setting => new[] { setting.Variable, setting.Variable + (setting.MayBeInFile ? InFile : "") }).Append(ConfigVariable).ToHashSet();
        return [.. variables.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !known.Contains(name)).Order(StringComparer.Ordinal)];
    }

    private static string? ReadFile(string variable, string path, List<string> problems)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{variable}: '{path}' cannot be read: {broken.Message}");
            return null;
        }
    }

    private static void Add(Dictionary<Setting, GivenValue> given, Setting setting, GivenValue? value)
    {
        if (value is not null)
            given[setting] = value;
    }
}
