using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace OpenStage.Server.Tests.Start;

/// <summary>The built command as a process of its own.</summary>
internal sealed partial class CommandProcess : IAsyncDisposable
{
    /// <summary>SIGTERM. Not SIGINT, which the children of a process in the background do not get.</summary>
    public const int Terminate = 15;

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly Task<string> error;

    private CommandProcess(Process process)
    {
        this.process = process;
        error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What it has written to its standard output so far.</summary>
    public string Output => output.ToString();

    public static CommandProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ProvisioningServer).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new CommandProcess(Process.Start(start)!);
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var command = Start(new Dictionary<string, string>(), arguments);
        return await command.EndAsync();
    }

    /// <summary>Reads up to a line that begins so.</summary>
    /// <returns>The rest of the line.</returns>
    public async Task<string> LineAsync(string beginning)
    {
        while (await process.StandardOutput.ReadLineAsync(RunningServer.Patience()) is { } line)
        {
            output.AppendLine(line);
            if (line.StartsWith(beginning, StringComparison.Ordinal))
                return line[beginning.Length..].Trim();
        }

        throw new InvalidOperationException($"No line '{beginning}' came: {Output}{await error}");
    }

    public void Signal(int signal) => _ = Kill(process.Id, signal);

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        output.Append(await process.StandardOutput.ReadToEndAsync(RunningServer.Patience()));
        await process.WaitForExitAsync(RunningServer.Patience());
        return (process.ExitCode, Output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
