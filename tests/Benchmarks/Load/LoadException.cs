namespace OpenStage.Benchmarks.Load;

/// <summary>An answer was not the expected one: a figure measured with it would tell nothing.</summary>
internal sealed class LoadException(string message) : Exception(message);
