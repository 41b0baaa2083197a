namespace OpenStage.Simulator.Models;

/// <summary>Files of one type that a model takes (admin manual, WPI guide p.178).</summary>
public sealed record FileRule
{
    /// <summary>File name extensions without the dot.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>Greatest size in bytes.</summary>
    public long MaxBytes { get; init; }
}
