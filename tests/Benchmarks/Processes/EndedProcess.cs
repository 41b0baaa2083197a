using System.Diagnostics;

namespace OpenStage.Benchmarks.Processes;

/// <summary>What came of a process that did its work and ended.</summary>
/// <param name="PeakMemory">Most memory that it had, in bytes, as it was seen five times a second.</param>
internal sealed record EndedProcess(int ExitCode, string Output, string Errors, long PeakMemory)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs one to its end, and ends it when that is not waited for.</summary>
    /// <param name="looked">Called with its processor time until now, five times a second.</param>
    public static async Task<EndedProcess> RunAsync(ProcessStartInfo start, CancellationToken cancellation, Action<TimeSpan>? looked = null)
    {
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            var ended = process.WaitForExitAsync(cancellation);
            var peak = 0L;
            using var looks = new PeriodicTimer(BetweenLooks, TimeProvider.System);
            while (await Task.WhenAny(ended, looks.WaitForNextTickAsync(cancellation).AsTask()) != ended)
            {
                peak = Math.Max(peak, Peak(process));
                if (looked is not null && Cpu(process) is { } cpu)
                    looked(cpu);
            }

            await ended;
            return new EndedProcess(process.ExitCode, await output, await errors, peak);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
                process.WaitForExit();
            }
        }
    }

    /// <returns>Null when it has ended.</returns>
    private static TimeSpan? Cpu(Process process)
    {
        try
        {
            return process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The most that a process has had so far, or what it has now where the system does not keep that.</summary>
    public static long Peak(Process process)
    {
        try
        {
            process.Refresh();
            return Math.Max(process.PeakWorkingSet64, process.WorkingSet64);
        }
        catch (InvalidOperationException)
        {
            // It ended just now.
            return 0;
        }
    }
}
