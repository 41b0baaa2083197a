using BenchmarkDotNet.Running;
using OpenStage.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks
BenchmarkRunner.Run<MessageBenchmarks>(args: args);
