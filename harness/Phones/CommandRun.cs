using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.Phones;

/// <summary>Runs a program of the lab file with its arguments, without a shell.</summary>
internal static class CommandRun
{
    /// <param name="words">Program and arguments.</param>
    /// <param name="given">What the program can read from its standard input; null for a closed one.</param>
    /// <param name="what">What it is for, for errors.</param>
    /// <exception cref="LabErrorException">It could not be started, did not end in time, or not with exit code 0.</exception>
    public static async Task RunAsync(IReadOnlyList<string> words, string? given, TimeSpan patience, TimeProvider time, string what)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = given is not null,
        };
        using var limit = new CancellationTokenSource(patience, time);
        using var process = Start(start, what);
        try
        {
            // Both are read, or a program that says much would wait for ever. What they say may have secrets: only the exit code is told.
            await Task.WhenAll(
                GiveAsync(process, given, limit.Token),
                process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, limit.Token),
                process.StandardError.BaseStream.CopyToAsync(Stream.Null, limit.Token),
                process.WaitForExitAsync(limit.Token));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new LabErrorException($"{what}: '{words[0]}' did not end within {patience.TotalSeconds:0} s and was stopped.",
                advice: "Run the command by hand: when it waits for input, give it what it asks for; when it is only slow, give it a longer timeoutSeconds.");
        }

        if (process.ExitCode != 0)
            throw new LabErrorException($"{what}: '{words[0]}' ended with exit code {process.ExitCode}; allowed is 0.",
                advice: "Run the command by hand and see what it says; then correct it in the lab file.");
    }

    private static async Task GiveAsync(Process process, string? given, CancellationToken cancellation)
    {
        if (given is null)
            return;
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(given), cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A program that does not read may have ended; its exit code says how.
        }
    }

    private static Process Start(ProcessStartInfo start, string what)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception broken) when (broken is Win32Exception or InvalidOperationException)
        {
            throw new LabErrorException($"{what}: '{start.FileName}' cannot be started: {broken.Message}", broken,
                "Install the program, or write its whole path in the lab file.");
        }
    }
}
