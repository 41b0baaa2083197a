using OpenStage.Fixtures;

namespace OpenStage.Simulator.Tests.Machine;

/// <summary>Answers that no service should give, by folder and file.</summary>
internal static class Corpus
{
    public static IReadOnlyList<string> Files { get; } =
        [.. new[] { "malformed", "senseless" }.SelectMany(folder => MessageFiles.In(folder).Select(file => $"{folder}/{file}"))];

    public static byte[] Read(string file)
    {
        var parts = file.Split('/');
        return MessageFiles.Read(parts[0], parts[1]);
    }
}
