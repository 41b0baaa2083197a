using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OpenStage.Protocol.Firmware;

namespace OpenStage.Protocol.Recordings;

/// <summary>Recordings as JSON; lab-config/recording.schema.json describes them.</summary>
public static class RecordingFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        // A file for people, never put into a page: markup stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    public static string Write(Recording recording) => JsonSerializer.Serialize(recording, Options) + "\n";

    /// <param name="file">Name for error messages.</param>
    /// <exception cref="FormatException">The text breaks the form; the message names file, line, key and what is allowed.</exception>
    public static Recording Parse(string file, string json)
    {
        Recording recording;
        try
        {
            recording = JsonSerializer.Deserialize<Recording>(json, Options) ?? throw new JsonException("The file is empty.");
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"{file}:{(wrong.LineNumber ?? 0) + 1}: {wrong.Path}: {wrong.Message.Split(" Path:", 2)[0]}");
        }

        if (recording.SchemaVersion != Recording.CurrentVersion)
            throw Refuse(file, "schemaVersion", $"{recording.SchemaVersion}", $"{Recording.CurrentVersion}");
        if (!FirmwareVersion.TryParse(recording.Device.Firmware, out _))
            throw Refuse(file, "device.firmware", recording.Device.Firmware, "a version such as V3 R3.24.0");
        if (recording.Device.Mac.Split(':') is not { Length: 6 })
            throw Refuse(file, "device.mac", recording.Device.Mac, "six pairs of hex digits such as 00:1A:E8:00:00:01");
        for (var number = 0; number < recording.Exchanges.Count; number++)
        {
            Check(file, $"exchanges[{number}].request", recording.Exchanges[number].Request);
            if (recording.Exchanges[number].Response is { } response)
                Check(file, $"exchanges[{number}].response", response);
        }

        return recording;
    }

    private static void Check(string file, string key, RecordedBody body)
    {
        if (body is { Text: not null, Base64: not null })
            throw Refuse(file, key, "text and base64", "one of them");
        if (body.Base64 is { } base64 && !Convert.TryFromBase64String(base64, new byte[base64.Length], out _))
            throw Refuse(file, key + ".base64", base64.Length > 40 ? base64[..40] + "..." : base64, "base64");
    }

    private static FormatException Refuse(string file, string key, string value, string allowed) =>
        new($"{file}: {key}: '{value}' is not allowed; allowed is {allowed}.");
}
