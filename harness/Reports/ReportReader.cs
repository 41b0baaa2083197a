namespace OpenStage.Harness.Reports;

/// <summary>Reads the report of a run, of any version from 1 on.</summary>
public static class ReportReader
{
    /// <param name="path">A report.json, or the folder of a run.</param>
    /// <exception cref="FormatException">It cannot be used; the message names file, line, key and what is allowed.</exception>
    public static RunReport Read(string path)
    {
        var file = FileOf(path);
        try
        {
            return ReportJson.Read(file);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FormatException($"{file}: cannot be read: {broken.Message} Allowed is a report.json or the folder of a run.");
        }
    }

    /// <summary>The report.json that a path means.</summary>
    internal static string FileOf(string path) => Directory.Exists(path) ? Path.Combine(path, "report.json") : path;
}
