using System.Globalization;

namespace OpenStage.Lab;

/// <summary>
/// A folder with a folder for each run, named by its UTC time, of which the old ones are taken away. Only folders that
/// were made here are ever deleted: they have the name and hold the mark.
/// </summary>
internal sealed class RunFolders(string root, TimeProvider time)
{
    /// <summary>File in each folder made here.</summary>
    public const string Mark = ".lab-run";

    private const string NameForm = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Runs within one second; more are no nightly any more.</summary>
    private const int MostASecond = 100;

    /// <summary>Makes the folder of a run that begins now.</summary>
    /// <exception cref="FormatException">It cannot be made; the message names option, folder and what is allowed.</exception>
    public string Create()
    {
        try
        {
            var name = time.GetUtcNow().ToString(NameForm, CultureInfo.InvariantCulture);
            for (var number = 1; number <= MostASecond; number++)
            {
                var folder = Path.Combine(root, number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"));
                if (Directory.Exists(folder))
                    continue;
                Directory.CreateDirectory(folder);
                // Whoever makes the mark has the folder, when two runs begin at the same moment.
                using (new FileStream(Path.Combine(folder, Mark), FileMode.CreateNew))
                    return folder;
            }

            throw new IOException($"There are {MostASecond} runs of this second already.");
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FormatException($"--out-root '{root}' cannot be used: {broken.Message} Allowed is a folder that can be written to.", broken);
        }
    }

    /// <summary>Takes away what a run that never began left: a folder with nothing but the mark.</summary>
    public static void DeleteEmpty(string folder)
    {
        if (Directory.EnumerateFileSystemEntries(folder).Count() == 1)
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>Deletes the folders of earlier runs that are not to be kept.</summary>
    /// <param name="current">Folder of this run, which stays and counts.</param>
    /// <returns>Folders that are to go and cannot be deleted, each with the reason.</returns>
    public IReadOnlyList<string> Prune(string current, Retention keep)
    {
        // Names have whole seconds.
        var before = time.GetUtcNow() - keep.Age - TimeSpan.FromSeconds(1);
        var problems = new List<string>();
        var earlier = Directory.EnumerateDirectories(root).Where(folder => folder != current)
            .Select(folder => (Folder: folder, Begun: Begun(folder)))
            .Where(run => run.Begun is not null && File.Exists(Path.Combine(run.Folder, Mark)))
            .OrderByDescending(run => run.Begun).ThenByDescending(run => run.Folder, StringComparer.Ordinal).ToList();
        foreach (var (folder, _) in earlier.Where((run, position) => keep.Runs is { } runs ? position + 1 >= runs : run.Begun < before))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
            {
                problems.Add($"{folder} cannot be deleted: {broken.Message}");
            }
        }

        return problems;
    }

    private static DateTimeOffset? Begun(string folder) =>
        DateTimeOffset.TryParseExact(Path.GetFileName(folder).Split('-')[0], NameForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var begun) ? begun : null;
}
