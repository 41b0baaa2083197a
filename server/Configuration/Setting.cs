using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace OpenStage.Server.Configuration;

/// <summary>One setting: a property of an options class with its names in the file and in the environment.</summary>
internal sealed class Setting
{
    /// <summary>What stands for null where texts are all there is: in the environment and on the command line.</summary>
    private const string Off = "off";

    private readonly Type type;

    public Setting(string section, PropertyInfo property)
    {
        Property = property;
        type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        TakesNull = new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        Name = JsonNamingPolicy.CamelCase.ConvertName(property.Name) + (type == typeof(TimeSpan) ? "Seconds" : "");
        Key = section.Length == 0 ? Name : $"{section}.{Name}";
        Variable = "OPENSTAGE_" + Snake(Key);
        Format = SettingFormat.Of(type);
    }

    public PropertyInfo Property { get; }

    /// <summary>Name in its section.</summary>
    public string Name { get; }

    /// <summary>Path in the file, such as <c>telemetry.endpoint</c>.</summary>
    public string Key { get; }

    /// <summary>Environment variable, such as <c>OPENSTAGE_TELEMETRY_ENDPOINT</c>.</summary>
    public string Variable { get; }

    /// <summary>True when null, meaning none, may stand in the file.</summary>
    public bool TakesNull { get; }

    /// <summary>True when its value must not be shown.</summary>
    public bool IsSecret => Property.Name == nameof(ServerOptions.Database) || Property.Name.Contains("Password", StringComparison.Ordinal)
        || Property.Name.Contains("Secret", StringComparison.Ordinal);

    /// <summary>True when the value may stand in a file that the variable with <c>_FILE</c> at its end names.</summary>
    public bool MayBeInFile => type == typeof(string);

    public SettingFormat Format { get; }

    /// <summary>The value that a text of the environment or the command line gives; null, with a problem, when it is none.</summary>
    /// <param name="origin">Variable or option.</param>
    /// <param name="text">What was written for it.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public GivenValue? Read(string origin, string text, List<string> problems)
    {
        // Ports and times only: a text could be called off.
        var takesOff = TakesNull && Format.Kinds.Contains(JsonTokenType.Number);
        if (takesOff && text == Off)
            return new GivenValue(origin, text, null);
        if (Format.FromText(text) is { } value)
            return new GivenValue(origin, text, value);
        problems.Add($"{origin}: '{Shown(text)}' is not allowed; allowed is {Format.Allowed}{(takesOff ? $", {Off} for none" : "")}.");
        return null;
    }

    /// <summary>A value as it may be shown.</summary>
    public string Shown(string text) => IsSecret ? "(not shown)" : text;

    /// <summary>A value as the file has it.</summary>
    public string Write(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        TimeSpan span => span.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        IEnumerable<string> list => string.Join(", ", list),
        Enum name => JsonNamingPolicy.CamelCase.ConvertName(name.ToString()),
        IPAddress or string or Uri => value.ToString()!,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.ICollection { Count: 0 } => "{}",
        _ => throw new NotSupportedException($"{Key} has a type that is not written: {type}."),
    };

    private static string Snake(string key)
    {
        var text = new StringBuilder();
        foreach (var letter in key)
        {
            if (char.IsAsciiLetterUpper(letter))
                text.Append('_');
            text.Append(letter == '.' ? '_' : char.ToUpperInvariant(letter));
        }

        return text.ToString();
    }
}
