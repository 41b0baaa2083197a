using System.Diagnostics;
using OpenStage.Harness.Reports;

namespace OpenStage.Lab;

/// <summary>
/// Keeps reports of what is done so far in the output folder, so that a run that is killed leaves them. They say that
/// they are partial. They are written beside the run, which does not wait for them.
/// </summary>
/// <param name="make">Makes the report of what is done; called on another thread.</param>
internal sealed class PartialReport(string output, Func<RunReport> make)
{
    /// <summary>Real time between two reports, at the least.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Stopwatch since = new();
    private Task writing = Task.CompletedTask;
    private TimeSpan took;

    /// <summary>
    /// Has them written when it is time again. The more there is to write, the rarer it is written: a twentieth of the run
    /// at most goes into this. Called by one at a time.
    /// </summary>
    public void Update()
    {
        if (!writing.IsCompleted || (since.IsRunning && since.Elapsed < (Pause > 20 * took ? Pause : 20 * took)))
            return;
        // A thread of its own: those of the pool are for phones and servers, whose messages must not wait that long.
        writing = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Completes when none is being written, so that the whole report is the last that is.</summary>
    public async Task EndAsync() =>
        // What keeps a partial report from being made keeps the whole one, too, which tells of it.
        await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Write()
    {
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
