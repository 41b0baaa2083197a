using System.Reflection;
using OpenStage.Server.Logging;
using OpenStage.Server.Telemetry;

namespace OpenStage.Server.Configuration;

/// <summary>All settings there are: each property of <see cref="ServerOptions"/>, and those of telemetry and log.</summary>
internal static class Settings
{
    /// <summary>Sections of the file; the server's own settings stand at its top.</summary>
    public static IReadOnlyDictionary<string, Type> Sections { get; } = new Dictionary<string, Type>
    {
        [""] = typeof(ServerOptions),
        ["telemetry"] = typeof(TelemetryOptions),
        ["log"] = typeof(LogOptions),
    };

    public static IReadOnlyList<Setting> All { get; } = [.. Sections.SelectMany(section =>
        section.Value.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).Select(property => new Setting(section.Key, property)))];

    /// <summary>The setting that a property is, or null.</summary>
    public static Setting? Of(string property) => All.FirstOrDefault(setting => setting.Property.Name == property);

    /// <summary>An options object with the values that were given.</summary>
    public static T Fill<T>(IReadOnlyDictionary<Setting, GivenValue> given) where T : new()
    {
        // Boxed once, so that init-only properties of a fresh object can be set.
        object options = new T();
        foreach (var (setting, value) in given.Where(pair => pair.Key.Property.DeclaringType == typeof(T)))
            setting.Property.SetValue(options, value.Value);
        return (T)options;
    }
}
