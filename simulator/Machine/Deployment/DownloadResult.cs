namespace OpenStage.Simulator.Machine.Deployment;

/// <summary>How a download ended.</summary>
/// <param name="Bytes">Size of the file in bytes.</param>
/// <param name="Start">Its first bytes, at most 256.</param>
/// <param name="Error">Why it failed, or empty.</param>
public sealed record DownloadResult(long Bytes, ReadOnlyMemory<byte> Start, string Error)
{
    public static DownloadResult Failed(string error) => new(0, default, error);
}
