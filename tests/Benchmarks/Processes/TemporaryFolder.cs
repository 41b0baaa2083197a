namespace OpenStage.Benchmarks.Processes;

/// <summary>A folder that is deleted in the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("openstage-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
