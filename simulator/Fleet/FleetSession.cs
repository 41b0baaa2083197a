using System.Globalization;
using System.Runtime;
using OpenStage.Simulator.Control;
using Spectre.Console;

namespace OpenStage.Simulator.Fleet;

/// <summary><c>simulator fleet</c>: makes the phones, shows them, asks the questions and writes the result.</summary>
internal sealed class FleetSession(FleetPlan plan, FleetRunOptions options, TimeProvider time)
{
    public const int NotAllServed = 1;
    public const int LabError = 3;

    /// <summary>Phones up to which their last messages are kept for the panels: more of them would cost more than the phones.</summary>
    private const int MostWithMessages = 200;

    /// <returns>0, 1 when not all phones were served, 3 when the administration did not answer.</returns>
    /// <exception cref="ArgumentException">An option is not allowed; the message names key, value and what is allowed.</exception>
    /// <exception cref="IOException">A port is in use, or the result cannot be written.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var phones = options.Shard.Phones(plan.Count).Count();
        FileLimit.Check(phones, FileLimit.Here());
        if (options.Output is { } file && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
            throw PhoneOptions.Refuse("out", file, "a file in a folder that exists");
        var exchanges = new ControlLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Error));
        var run = new FleetRun(plan, options.Shard, new PhoneSurroundings
        {
            Time = time,
            Exchanges = phones <= MostWithMessages ? exchanges : null,
            Log = loggers.CreateLogger<SimulatedPhone>(),
        });
        await using (run)
        {
            run.Create(cancellation);
            await using var control = options.ControlPort is { } port ? await ControlApi.StartAsync([.. run.Members.Select(member => member.Phone)], exchanges, port, cancellation) : null;
            Introduce(run, control);
            using var shown = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var board = new FleetBoard(run.Meter, time, AnsiConsole.Console);
            var showing = board.ShowAsync(shown.Token);
            try
            {
                return await AskAsync(run, cancellation);
            }
            finally
            {
                await shown.CancelAsync();
                await showing;
                Console.WriteLine(board.Line());
                Write(run);
            }
        }
    }

    private async Task<int> AskAsync(FleetRun run, CancellationToken cancellation)
    {
        try
        {
            await run.ComeAsync(cancellation);
            using (var admin = options.Admin is { } address ? new FleetAdmin(address, options.Token, time) : null)
                await run.AskAsync(admin, cancellation);
            Trim();
            foreach (var answer in run.Answers)
                Console.WriteLine(Line(answer));
            if (!options.Once)
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C: what is known is written.
        }
        catch (HttpRequestException refused)
        {
            await Console.Error.WriteLineAsync($"The administration of the service: {refused.Message}");
            return LabError;
        }

        return run.Answers.All(answer => answer.IsGood) ? 0 : NotAllServed;
    }

    /// <summary>After a storm its buffers are given back: the phones rest now.</summary>
    private static void Trim()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private void Introduce(FleetRun run, ControlApi? control)
    {
        if (plan.Title.Length > 0)
            Console.WriteLine(plan.Title);
        var members = run.Members;
        var range = members.Count == 0 ? "" : $", {members[0].Phone.Mac} to {members[^1].Phone.Mac}";
        Console.WriteLine($"{members.Count} phones{range}{(options.Shard.Of > 1 ? $" (shard {options.Shard} of {plan.Count})" : "")}");
        Console.WriteLine($"service    {plan.Server}");
        if (members.Count > 0)
            Console.WriteLine($"contact-me {members[0].Phone.ContactMeUri} and on");
        if (control is null)
            return;
        Console.WriteLine($"panel      {control.Url}{(members.Count > MostWithMessages ? $"  (without messages, as there are more than {MostWithMessages} phones)" : "")}");
        Console.WriteLine($"control    {control.Url}api/phones  (description: {control.Url}openapi/v1.json)");
    }

    private static string Line(FleetAnswer answer) => string.Create(CultureInfo.InvariantCulture,
        $"{FleetAnswer.Words(answer.Question)}: {(answer.Asked ? $"{answer.Seconds:0.0} s, {answer.Done} of {answer.Phones} phones" : "not known")}{(answer.Note.Length > 0 ? $" ({answer.Note})" : "")}");

    private void Write(FleetRun run)
    {
        if (options.Output is not { } file)
            return;
        File.WriteAllText(file, FleetResult.Of(plan, options.Shard, run.Meter, run.Answers, FleetMachine.Here()).ToJson());
        Console.WriteLine($"result     {file}");
    }
}
