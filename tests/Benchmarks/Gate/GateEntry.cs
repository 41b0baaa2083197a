namespace OpenStage.Benchmarks.Gate;

/// <summary>What one operation may cost.</summary>
/// <param name="Name">The operation.</param>
/// <param name="AllocatedBytes">Bytes that one allocates, exactly.</param>
/// <param name="Ratio">Its time through the floor's; up to <see cref="GateCheck.AllowedShare"/> more is let through.</param>
internal sealed record GateEntry(string Name, long AllocatedBytes, double Ratio);
