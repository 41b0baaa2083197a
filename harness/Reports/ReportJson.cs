using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenStage.Harness.Reports;

/// <summary>The form of report.json.</summary>
internal static class ReportJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One line an object, for transcripts.</summary>
    public static JsonSerializerOptions LineOptions { get; } = new(Options) { WriteIndented = false };

    /// <exception cref="FormatException">The file is no report of a version that is known; the message names file, key and what is allowed.</exception>
    public static RunReport Read(string file)
    {
        RunReport report;
        try
        {
            report = JsonSerializer.Deserialize<RunReport>(File.ReadAllBytes(file), Options) ?? throw new JsonException("The file is empty.");
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"{file}:{(wrong.LineNumber ?? 0) + 1}: {wrong.Path}: {wrong.Message.Split(" Path:", 2)[0]}");
        }

        return report.SchemaVersion == RunReport.CurrentSchemaVersion
            ? report
            : throw new FormatException($"{file}: schemaVersion: {report.SchemaVersion} is not allowed; allowed is {RunReport.CurrentSchemaVersion}.");
    }
}
