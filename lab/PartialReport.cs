using System.Diagnostics;
using OpenStage.Harness.Reports;

namespace OpenStage.Lab;

/// <summary>
/// Keeps reports of what is done so far in the output folder, so that a run that is killed leaves them. They say that
/// they are partial.
/// </summary>
/// <param name="make">Makes the report of what is done.</param>
internal sealed class PartialReport(string output, Func<RunReport> make)
{
    /// <summary>Real time between two reports, at the least.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Stopwatch since = new();
    private TimeSpan took;

    /// <summary>
    /// Writes them when it is time again. The more there is to write, the rarer it is written: a twentieth of the run
    /// at most goes into this.
    /// </summary>
    public void Update()
    {
        if (since.IsRunning && since.Elapsed < (Pause > 20 * took ? Pause : 20 * took))
            return;
        var watch = Stopwatch.StartNew();
        try
        {
            ReportWriter.Write(make(), output);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            // A reader on Windows may hold a file for a moment. The whole report at the end tells when it cannot be written.
        }

        took = watch.Elapsed;
        since.Restart();
    }
}
