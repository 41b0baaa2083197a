using NUnit.Framework;

// Each fixture has a browser, servers and phones of its own.
[assembly: Parallelizable(ParallelScope.Fixtures)]
