namespace OpenStage.Lab;

/// <summary>Runs a lab into a folder of its own below <c>--out-root</c>, and keeps as many of those as <c>--keep</c> says.</summary>
internal static class DatedRun
{
    /// <param name="root">Folder for the folders of runs; null for a run into the folder that is named.</param>
    /// <param name="isNamed">True when the user named a folder for this run.</param>
    /// <param name="run">Runs into the folder it is given and returns the exit code.</param>
    public static async Task<int> RunAsync(string? root, string? keep, bool isNamed, string output, TimeProvider time, Func<string, Task<int>> run)
    {
        try
        {
            if (root is null)
                return keep is null ? await run(output) : throw new FormatException($"--keep '{keep}' is not allowed without --out-root, which names the folder that runs are kept in.");
            if (isNamed)
                throw new FormatException($"--out-root '{root}' is not allowed together with --out '{output}'; one of them says where the reports go.");
            var retention = keep is null ? null : Retention.Parse(keep);
            var folders = new RunFolders(root, time);
            var folder = folders.Create();
            var code = await run(folder);
            RunFolders.DeleteEmpty(folder);
            // A run that never began must not push out one that did.
            var problems = retention is null || code == LabCommand.UsageError ? [] : folders.Prune(folder, retention);
            foreach (var problem in problems)
                await Console.Error.WriteLineAsync($"--keep {keep}: {problem}");
            return code == LabCommand.Good && problems.Count > 0 ? LabCommand.LabError : code;
        }
        catch (FormatException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return LabCommand.UsageError;
        }
    }
}
