namespace OpenStage.Server.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("openstage-server-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
