using System.Text.Json;
using System.Text.RegularExpressions;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Reports;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Json;
using OpenStage.Protocol.Recordings;

namespace OpenStage.Harness.Reproduction;

/// <summary>Writes and reads repro.json and the recording that it names.</summary>
public static partial class ReproFile
{
    public const string Name = "repro.json";

    /// <summary>The recording that the emulated phone wears; it stands beside repro.json.</summary>
    public const string RecordingName = "recording.json";

    /// <summary>What a case itself can say that is a failure.</summary>
    private static readonly Verdict[] Verdicts = [Verdict.Fail, Verdict.NonStrict, Verdict.Informational, Verdict.LabError];

    /// <summary>Writes a repro, and its recording if it has one, into a folder that is there.</summary>
    /// <returns>The names of the files.</returns>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static IReadOnlyList<string> Write(Repro repro, string folder)
    {
        ArgumentNullException.ThrowIfNull(repro);
        File.WriteAllBytes(Path.Combine(folder, Name), [.. JsonSerializer.SerializeToUtf8Bytes(Form(repro), ReportJson.Options), (byte)'\n']);
        if (repro.Phone.Recording is not { } recording)
            return [Name];
        File.WriteAllText(Path.Combine(folder, RecordingName), RecordingFile.Write(recording));
        return [Name, RecordingName];
    }

    /// <exception cref="LabFileException">It cannot be read, or breaks the form: one line a problem, with file, line, key and what is allowed.</exception>
    public static Repro Read(string file)
    {
        var values = new PlacedValues(file);
        var repro = values.Root(Bytes(file)) is { } root ? Read(root, values, Path.GetDirectoryName(Path.GetFullPath(file))!) : null;
        return repro is not null && values.Problems.Count == 0 ? repro : throw new LabFileException(values.Problems);
    }

    private static Dictionary<string, object?> Form(Repro repro) => new Dictionary<string, object?>
    {
        ["schemaVersion"] = Repro.CurrentSchemaVersion,
        ["toolVersion"] = repro.ToolVersion,
        ["case"] = repro.CaseId,
        ["before"] = repro.Before,
        ["seed"] = repro.Seed,
        ["patienceSeconds"] = repro.PatienceSeconds,
        ["phone"] = new Dictionary<string, object?>
        {
            ["id"] = repro.Phone.Id,
            ["mac"] = repro.Phone.Mac,
            ["model"] = repro.Phone.Model,
            ["firmware"] = repro.Phone.Firmware,
            ["address"] = repro.Phone.Address,
            ["quirks"] = repro.Phone.Quirks,
            ["fragmentItems"] = repro.Phone.FragmentItems,
            ["withoutItems"] = repro.Phone.WithoutItems,
            ["recording"] = repro.Phone.Recording is null ? null : RecordingName,
            ["wasPhysical"] = repro.WasPhysical,
        }.Where(pair => pair.Value is not null).ToDictionary(),
        ["failure"] = new { repro.Verdict, repro.Expected, repro.Actual, repro.Reason },
    };

    private static Repro Read(PlacedJson root, PlacedValues values, string folder)
    {
        var keys = values.Keys(root, "$schema", "schemaVersion", "toolVersion", "case", "before", "seed", "patienceSeconds", "phone", "failure");
        values.Demand(keys, root, "schemaVersion");
        values.Number(keys, "schemaVersion", Repro.CurrentSchemaVersion, Repro.CurrentSchemaVersion);
        foreach (var key in new[] { "seed", "patienceSeconds", "phone", "failure" })
            values.Demand(keys, root, key);
        var phone = keys.TryGetValue("phone", out var given) ? values.Keys(given, "id", "mac", "model", "firmware", "address", "quirks", "fragmentItems", "withoutItems", "recording", "wasPhysical") : [];
        var failure = keys.TryGetValue("failure", out var found) ? values.Keys(found, "verdict", "expected", "actual", "reason") : [];
        if (found is { Kind: JsonTokenType.StartObject })
            values.Demand(failure, found, "verdict");
        var verdict = values.Word(failure, "verdict", [.. Verdicts.Select(ReportWriter.Word)]);
        return new Repro
        {
            ToolVersion = values.Text(keys, "toolVersion") ?? "",
            CaseId = values.Matching(keys, root, "case", CaseId(), "the id of a case such as wpi/3.6.4/1") ?? "",
            Before = Texts(values, keys, "before"),
            Seed = values.Number(keys, "seed", 0, int.MaxValue) ?? 0,
            PatienceSeconds = values.Number(keys, "patienceSeconds", 1, 3600) ?? 1,
            Phone = given is { Kind: JsonTokenType.StartObject } ? Phone(values, phone, given, folder) : new LabPhone { Id = "", Mac = "", Model = "" },
            WasPhysical = values.Flag(phone, "wasPhysical"),
            Verdict = Verdicts.FirstOrDefault(known => ReportWriter.Word(known) == verdict),
            Expected = values.Text(failure, "expected") ?? "",
            Actual = values.Text(failure, "actual") ?? "",
            Reason = values.Text(failure, "reason") ?? "",
        };
    }

    private static LabPhone Phone(PlacedValues values, Dictionary<string, PlacedJson> keys, PlacedJson json, string folder)
    {
        // The parts that lab files have too are read as there.
        var phone = LabFileReader.EmulatedPhone(values, keys, json);
        var without = Texts(values, keys, "withoutItems");
        foreach (var name in values.Elements(keys, "withoutItems").Where(name => !ItemCatalogue.Default.TryGet(name.Text, out _)))
            values.Refuse(name, "the name of an item of the catalogue");
        return phone with { WithoutItems = without, Recording = Recording(values, keys, folder) };
    }

    private static Protocol.Recordings.Recording? Recording(PlacedValues values, Dictionary<string, PlacedJson> keys, string folder)
    {
        if (values.Text(keys, "recording") is not { } name)
            return null;
        if (name != Path.GetFileName(name) || name.Length == 0 || name.Contains('\\', StringComparison.Ordinal))
        {
            values.Refuse(keys["recording"], "the name of a file in the same folder");
            return null;
        }

        try
        {
            return RecordingFile.Parse(name, File.ReadAllText(Path.Combine(folder, name)));
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or FormatException)
        {
            values.Say(keys["recording"], "phone.recording", $"'{name}' cannot be used: {broken.Message}");
            return null;
        }
    }

    private static IReadOnlyList<string> Texts(PlacedValues values, Dictionary<string, PlacedJson> keys, string key) =>
        [.. values.Elements(keys, key).Select(element => values.Text(element) ?? "")];

    private static byte[] Bytes(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new LabFileException([$"{file}: cannot be read: {broken.Message} Allowed is a repro.json that 'lab run' or 'lab shrink' wrote."]);
        }
    }

    [GeneratedRegex("^[a-z]+(/[A-Za-z0-9._-]+)+$")]
    private static partial Regex CaseId();
}
