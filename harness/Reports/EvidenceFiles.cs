namespace OpenStage.Harness.Reports;

/// <summary>The files that results name as evidence, when a report moves to another folder.</summary>
public static class EvidenceFiles
{
    /// <summary>Copies what the results name from the folders of their runs; of two runs that name a file the later one's counts.</summary>
    /// <returns>The report without the files that are not there.</returns>
    /// <exception cref="FormatException">A file cannot be copied.</exception>
    public static RunReport Copy(RunReport report, IReadOnlyList<(string Folder, RunReport Report)> runs, string target)
    {
        var sources = new Dictionary<(string Phone, string Case), string>();
        foreach (var (folder, run) in runs.OrderBy(run => run.Report.StartedAt))
        {
            foreach (var result in run.Results)
                sources[(result.PhoneId, result.CaseId)] = folder;
        }

        return report with
        {
            Results =
            [
                .. report.Results.Select(result => result.Evidence.Count == 0 ? result
                    : result with { Evidence = [.. result.Evidence.Where(path => Copy(path, sources[(result.PhoneId, result.CaseId)], target))] }),
            ],
        };
    }

    /// <returns>False when there is no such file below the run's folder.</returns>
    private static bool Copy(string path, string folder, string target)
    {
        var from = Path.GetFullPath(Path.Combine(folder, path));
        var to = Path.GetFullPath(Path.Combine(target, path));
        // The names are of a file that somebody wrote: they must not reach beyond the folders.
        if (!IsBelow(from, folder) || !IsBelow(to, target) || !File.Exists(from))
            return false;
        if (from == to)
            return true;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to, overwrite: true);
            return true;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{from}: cannot be copied to {to}: {broken.Message} Allowed is a folder that can be written.", broken);
        }
    }

    private static bool IsBelow(string file, string folder) =>
        file.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
