using NUnit.Framework;

// Each fixture has servers of its own, on free ports and with clocks of their own.
[assembly: Parallelizable(ParallelScope.Fixtures)]
