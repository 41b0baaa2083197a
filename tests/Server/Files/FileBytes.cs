namespace OpenStage.Server.Tests.Files;

/// <summary>Contents of files.</summary>
internal static class FileBytes
{
    /// <summary>Bytes that look like noise and are the same each time.</summary>
    public static byte[] Of(int count, int seed = 7)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
