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
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        // A null where there must be a value is refused with its place, instead of breaking whoever reads on.
        RespectNullableAnnotations = true,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One line an object, for transcripts.</summary>
    public static JsonSerializerOptions LineOptions { get; } = new(Options) { WriteIndented = false };

    /// <summary>What no system, or not every one, allows in the name of a file.</summary>
    private static readonly System.Buffers.SearchValues<char> NotInNames = System.Buffers.SearchValues.Create([.. "/\\:*?\"<>|", .. Enumerable.Range(0, 32).Select(code => (char)code)]);

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
            throw new FormatException($"{file}:{(wrong.LineNumber ?? 0) + 1}: {wrong.Path}: {wrong.Message.Split(" Path:", 2)[0]}{Allowed(wrong.Path ?? "")}");
        }

        if (report.SchemaVersion is < 1 or > RunReport.CurrentSchemaVersion)
            throw new FormatException($"{file}: schemaVersion: {report.SchemaVersion} is not allowed; allowed is 1 to {RunReport.CurrentSchemaVersion}.");
        foreach (var (key, list) in new (string, IEnumerable<object?>)[] { ("phones", report.Phones), ("cases", report.Cases), ("results", report.Results), ("results.exchanges", report.Results.SelectMany(result => result?.Exchanges ?? [])) })
        {
            if (list.Contains(null))
                throw new FormatException($"{file}: {key}: null is not allowed in the list; allowed are objects.");
        }

        CheckReferences(report, file);
        return report;
    }

    /// <summary>Ids are names of files and keys of tables: each once, and none that is not there.</summary>
    private static void CheckReferences(RunReport report, string file)
    {
        foreach (var (key, ids) in new (string, IReadOnlyList<string>)[] { ("phones", [.. report.Phones.Select(phone => phone.Id)]), ("cases", [.. report.Cases.Select(entry => entry.Id)]) })
        {
            if (ids.CountBy(id => id).FirstOrDefault(pair => pair.Value > 1) is { Key: { } twice })
                throw new FormatException($"{file}: {key}: the id '{twice}' is there more than once; allowed is each id once.");
        }

        if (report.Phones.FirstOrDefault(phone => phone.Id.AsSpan().IndexOfAny(NotInNames) >= 0 || phone.Id.Trim('.', ' ').Length == 0) is { } odd)
            throw new FormatException($"{file}: phones.id: '{odd.Id}' is not allowed; allowed is the name of a file.");
        var phones = report.Phones.Select(phone => phone.Id).ToHashSet();
        var cases = report.Cases.Select(entry => entry.Id).ToHashSet();
        for (var number = 0; number < report.Results.Count; number++)
        {
            var result = report.Results[number];
            if (!phones.Contains(result.PhoneId))
                throw new FormatException(FormattableString.Invariant($"{file}: results[{number}].phoneId: '{result.PhoneId}' is not allowed; allowed are the ids of phones: {string.Join(", ", phones)}."));
            if (!cases.Contains(result.CaseId))
                throw new FormatException(FormattableString.Invariant($"{file}: results[{number}].caseId: '{result.CaseId}' is not allowed; allowed are the ids of cases."));
        }
    }

    /// <summary>What a key may hold, where that is a choice of words.</summary>
    private static string Allowed(string path) => path.EndsWith("erdict", StringComparison.Ordinal) || path.Contains(".trend[", StringComparison.Ordinal)
        ? $" Allowed are {string.Join(", ", Enum.GetValues<Verdict>().Select(ReportWriter.Word))}."
        : "";
}
