using System.Text;
using OpenStage.Harness.Captures;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Reproduction;

/// <summary>Writes the files of a run's results: transcript.txt, case.har, case.pcapng, and repro.json of those that failed.</summary>
public static class RunEvidence
{
    private const string Transcript = "transcript.txt";
    private const string Archive = "case.har";
    private const string Capture = "case.pcapng";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The choice that a word of the command line means.</summary>
    /// <exception cref="FormatException">It means none; the message says what is allowed.</exception>
    public static EvidenceChoice Choice(string word) => word switch
    {
        "failed" => EvidenceChoice.Failed,
        "all" => EvidenceChoice.All,
        "none" => EvidenceChoice.None,
        _ => throw new FormatException($"--evidence '{word}' is not allowed; allowed is failed, all or none."),
    };

    /// <summary>Writes them below a folder; those of an earlier run in the same folder are deleted.</summary>
    /// <param name="recordingOf">The recording of a physical phone by its id, or null when there is none.</param>
    /// <returns>The report with the files of each result, and with the command that runs a failed one again in that folder.</returns>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static RunReport Write(RunReport report, LabFile lab, Func<string, Protocol.Recordings.Recording?> recordingOf, string directory, EvidenceChoice choice)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(lab);
        ArgumentNullException.ThrowIfNull(recordingOf);
        Clear(directory);
        if (choice == EvidenceChoice.None)
            return report;
        var entries = lab.Phones.ToDictionary(phone => phone.Id);
        var recordings = entries.Values.Where(phone => phone.Kind == PhoneKind.Physical).ToDictionary(phone => phone.Id, phone => new Lazy<Protocol.Recordings.Recording?>(() => recordingOf(phone.Id)));
        return report with { Results = [.. report.Results.Select(Written)] };

        ResultEntry Written(ResultEntry result)
        {
            if (!Failure.Is(result.Verdict) && (choice != EvidenceChoice.All || result.Exchanges.Count == 0))
                return result;
            var repro = entries.TryGetValue(result.PhoneId, out var entry)
                ? Repro.Of(report, result, lab, entry, recordings.GetValueOrDefault(entry.Id)?.Value is { } whole ? OfCase(whole, result) : null)
                : null;
            var folder = CaseFolder.Of(result.PhoneId, result.CaseId);
            var files = Write(report, result, repro, Path.Combine(directory, folder));
            return result with
            {
                Evidence = [.. files.Select(file => $"{folder}/{file}")],
                // Only the service itself shows again what it did.
                Reproduce = repro is not null ? Command($"{folder}/{ReproFile.Name}") : entry is null ? ReportText.SeeAgain(report, result) : "",
            };
        }
    }

    /// <summary>The command that runs a repro again.</summary>
    public static string Command(string file) => $"lab repro {Quoted(file)}";

    private static string Quoted(string file) => file.Contains(' ', StringComparison.Ordinal) ? $"\"{file}\"" : file;

    /// <summary>Writes the files of one result into a folder.</summary>
    /// <returns>Their names.</returns>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static IReadOnlyList<string> Write(RunReport report, ResultEntry result, Repro? repro, string folder)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(result);
        Directory.CreateDirectory(folder);
        var text = TranscriptText.Write(result, report.Cases.FirstOrDefault(entry => entry.Id == result.CaseId), report.Phones.FirstOrDefault(phone => phone.Id == result.PhoneId));
        File.WriteAllText(Path.Combine(folder, Transcript), text, Utf8);
        File.WriteAllBytes(Path.Combine(folder, Archive), HarFile.Write(result.Exchanges, report.StartedAt, report.ToolVersion));
        File.WriteAllBytes(Path.Combine(folder, Capture), CaptureFile.Write(result.Exchanges, report.StartedAt, report.Seed));
        return [Transcript, Archive, Capture, .. repro is null ? [] : ReproFile.Write(repro, folder)];
    }

    private static Protocol.Recordings.Recording OfCase(Protocol.Recordings.Recording whole, ResultEntry result) => result.Exchanges.Count == 0 ? whole
        : PhoneRecording.Of(whole, result.Exchanges.Min(exchange => exchange.OffsetMilliseconds), result.Exchanges.Max(exchange => exchange.OffsetMilliseconds));

    /// <summary>Deletes what an earlier run wrote, and nothing else that somebody may have put there.</summary>
    private static void Clear(string directory)
    {
        var root = Path.Combine(directory, CaseFolder.Evidence);
        if (!Directory.Exists(root))
            return;
        foreach (var folder in Directory.GetDirectories(root).SelectMany(Directory.GetDirectories))
        {
            foreach (var name in new[] { Transcript, Archive, Capture, ReproFile.Name, ReproFile.RecordingName })
                File.Delete(Path.Combine(folder, name));
            if (!Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
        }
    }
}
