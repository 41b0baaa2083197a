namespace OpenStage.Benchmarks.Processes;

/// <summary>The program that runs assemblies.</summary>
internal static class DotNetHost
{
    /// <summary>The one that runs this program, or the one that is found by its name.</summary>
    public static string Path { get; } =
        Environment.ProcessPath is { } own && System.IO.Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet";
}
