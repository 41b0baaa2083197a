using BenchmarkDotNet.Running;
using OpenStage.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks            the codec
// dotnet run -c Release --project tests/Benchmarks -- phones  what emulated phones cost
if (args is ["phones"])
    return await PhoneCosts.PrintAsync();
BenchmarkRunner.Run<MessageBenchmarks>(args: args);
return 0;
