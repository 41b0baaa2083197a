using System.CommandLine;
using BenchmarkDotNet.Running;
using OpenStage.Benchmarks;
using OpenStage.Benchmarks.Processes;
using OpenStage.Benchmarks.Storm;

// dotnet run -c Release --project tests/Benchmarks -- codec    the codec and the machines, by BenchmarkDotNet
// dotnet run -c Release --project tests/Benchmarks -- bench    whole processes, each figure beside its floor
// dotnet run -c Release --project tests/Benchmarks -- bench gate tests/Benchmarks/gate.json, what CI runs
var codec = new Command("codec", "Measures codec and machines; what follows -- goes to BenchmarkDotNet") { TreatUnmatchedTokensAsErrors = false };
codec.SetAction(parsed =>
{
    var summaries = BenchmarkSwitcher.FromAssembly(typeof(Bench).Assembly).Run([.. parsed.UnmatchedTokens]);
    return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 3 : 0;
});
var bare = new Command(BareEndpoint.Verb, "The floor of sessions, in a process of its own") { Hidden = true };
bare.SetAction((_, cancellation) => BareEndpoint.RunAsync(cancellation));
var root = new RootCommand("What the parts of the harness cost.") { BenchCommand.Verb(), codec, bare, HandshakeClient.Command() };
var parsed = root.Parse(args);
if (parsed.Errors.Count == 0)
    return await parsed.InvokeAsync();
foreach (var error in parsed.Errors)
    await Console.Error.WriteLineAsync($"error: {error.Message}");
return 2;
