namespace OpenStage.Benchmarks.Figures;

/// <summary>Which way a figure gets better.</summary>
internal enum Better
{
    Lower,
    Higher,
}
