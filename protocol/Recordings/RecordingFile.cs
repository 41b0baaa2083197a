using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenStage.Protocol.Recordings;

/// <summary>Recordings as JSON; lab-config/recording.schema.json describes them.</summary>
public static class RecordingFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        // A file for people, never put into a page: markup stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    public static string Write(Recording recording) => JsonSerializer.Serialize(recording, Options) + "\n";

    /// <param name="file">Name for error messages.</param>
    /// <exception cref="FormatException">The text breaks the form; each line of the message names file, line, key and what is allowed.</exception>
    public static Recording Parse(string file, string json) => RecordingReader.Read(file, Encoding.UTF8.GetBytes(json));
}
