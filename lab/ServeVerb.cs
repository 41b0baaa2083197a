using System.CommandLine;
using OpenStage.Harness.Live;

namespace OpenStage.Lab;

/// <summary><c>lab serve</c>: a run that is shown in the browser while it goes on, and that asks people there.</summary>
internal static class ServeVerb
{
    private const int DefaultPort = 8400;

    public static Command Command()
    {
        var file = new Argument<FileInfo?>("file") { Arity = ArgumentArity.ZeroOrOne, Description = "Lab file, as for 'run'." };
        var port = new Option<int>("--port") { Description = "Port of the page on 127.0.0.1, 0 to 65535; 0 for any that is free.", DefaultValueFactory = _ => DefaultPort };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for the reports.", DefaultValueFactory = _ => new DirectoryInfo("lab-out") };
        var where = new Option<string?>("--where") { Description = "Runs only some cases, as for 'run'." };
        var seed = new Option<int?>("--seed") { Description = "Seed of the run instead of the lab file's." };
        var once = new Option<bool>("--once") { Description = "Ends with the run, instead of showing its report until Ctrl-C." };
        var verb = new Command("serve", "Runs the suite as 'run' does, and shows the run in the browser while it goes on, at the end with the whole report. People who are to do something at a phone are asked there.\n\nExample: lab serve lab-config/example-physical.json") { file, port, output, where, seed, once };
        verb.SetAction((parsed, cancellation) => RunAsync(
            new RunOptions
            {
                File = parsed.GetValue(file)?.FullName,
                Output = parsed.GetValue(output)!.FullName,
                Where = parsed.GetValue(where),
                Seed = parsed.GetValue(seed),
                Live = new LiveRun(TimeProvider.System),
            },
            parsed.GetValue(port), parsed.GetValue(once), cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(RunOptions options, int port, bool once, CancellationToken cancellation)
    {
        if (port is < 0 or > 65535)
        {
            await Console.Error.WriteLineAsync($"--port '{port}' is not allowed; allowed is 0 to 65535.");
            return LabCommand.UsageError;
        }

        try
        {
            await using var server = await LiveServer.StartAsync(options.Live!, port, TimeProvider.System, cancellation);
            Console.WriteLine($"The run is shown at {server.Url}");
            var code = await RunVerb.RunAsync(options, cancellation);
            if (code == LabCommand.UsageError)
                return code;
            options.Live!.End(options.Output);
            if (!once && !cancellation.IsCancellationRequested)
            {
                Console.WriteLine($"The report is shown at {server.Url}report/ until Ctrl-C.");
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return code;
        }
        catch (IOException broken)
        {
            await Console.Error.WriteLineAsync($"--port {port}: the page cannot be served: {broken.Message} Free the port, or give another one (0 for any).");
            return LabCommand.LabError;
        }
    }
}
