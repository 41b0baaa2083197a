using System.Globalization;
using System.Xml;
using OpenStage.Protocol.Firmware;

namespace OpenStage.Server.Files;

/// <summary>Refuses what cannot be said of a file.</summary>
internal static class FileFactsCheck
{
    private const int MaxName = 255;
    private const int MaxWord = 64;
    private const int MaxDeviceTypes = 50;

    /// <summary>The facts in their normal form.</summary>
    /// <exception cref="RequestException">Something is not allowed.</exception>
    public static FileFacts Checked(FileFacts facts)
    {
        Name("name", facts.Name);
        var type = Type("type", facts.Type, FileTypes.All);
        if (type != FileTypes.Firmware)
        {
            Require(facts.Version.Length == 0, "version", facts.Version, $"nothing for a file of type {type}");
            Require(facts.DeviceTypes.Count == 0, "deviceTypes", string.Join(", ", facts.DeviceTypes), $"nothing for a file of type {type}");
            Require(facts.SoftwareType.Length == 0, "softwareType", facts.SoftwareType, $"nothing for a file of type {type}");
            return facts with { Type = type };
        }

        return facts with
        {
            Type = type,
            Version = facts.Version.Length == 0 ? "" : Version("version", facts.Version),
            DeviceTypes = DeviceTypes(facts.DeviceTypes),
            SoftwareType = facts.SoftwareType.Length == 0 ? FileTypes.UsualSoftware : Word("softwareType", facts.SoftwareType),
        };
    }

    /// <summary>Refuses names that are paths, or that no item could carry.</summary>
    public static void Name(string field, string name)
    {
        Require(name.Length is > 0 and <= MaxName, field, name, $"1 to {MaxName} characters");
        // Phones trim what they read, so that blanks at the ends would make another name of it.
        Require(name.Trim().Length == name.Length && name is not "." and not ".." && !name.AsSpan().ContainsAny('/', '\\') && IsText(name),
            field, Shown(name), "a name without path, control characters, and blanks at its ends");
    }

    /// <returns>The type in upper case.</returns>
    public static string Type(string field, string type, IReadOnlyList<string> allowed) =>
        allowed.FirstOrDefault(known => known.Equals(type, StringComparison.OrdinalIgnoreCase))
        ?? throw new RequestException(field, Shown(type), string.Join(", ", allowed));

    /// <returns>The version as phones report it.</returns>
    public static string Version(string field, string version) => FirmwareVersion.TryParse(version, out var known)
        ? known.ToString()
        : throw new RequestException(field, Shown(version), "a version such as V3 R5.12.0 or 3.5.12.0");

    /// <returns>The text without blanks at its ends.</returns>
    public static string Word(string field, string text)
    {
        var word = text.Trim();
        Require(word.Length is > 0 and <= MaxWord && IsText(word), field, Shown(text), $"1 to {MaxWord} characters, none of them a control character");
        return word;
    }

    /// <summary>True when the text has no control characters and XML can carry it.</summary>
    public static bool IsText(string text)
    {
        if (text.Any(char.IsControl))
            return false;
        try
        {
            XmlConvert.VerifyXmlChars(text);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    /// <summary>Text that may not be repeated as it is: half characters cannot be written as JSON.</summary>
    public static string Shown(string text) => IsText(text) ? text : "one with characters not shown here";

    private static List<string> DeviceTypes(IReadOnlyList<string> deviceTypes)
    {
        Require(deviceTypes.Count <= MaxDeviceTypes, "deviceTypes",
            string.Create(CultureInfo.InvariantCulture, $"{deviceTypes.Count} device types"), $"at most {MaxDeviceTypes}");
        List<string> words = [];
        foreach (var deviceType in deviceTypes)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"deviceTypes[{words.Count}]");
            var word = Word(place, deviceType);
            Require(!words.Contains(word, StringComparer.OrdinalIgnoreCase), place, word, "each device type once");
            words.Add(word);
        }

        return words;
    }

    private static void Require(bool holds, string field, string value, string allowed)
    {
        if (!holds)
            throw new RequestException(field, Shown(value), allowed);
    }
}
