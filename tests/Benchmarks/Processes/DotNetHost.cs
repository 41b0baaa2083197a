using System.Diagnostics;

namespace OpenStage.Benchmarks.Processes;

/// <summary>The program that runs assemblies.</summary>
internal static class DotNetHost
{
    /// <summary>The one that runs this program, or the one that is found by its name.</summary>
    public static string Path { get; } =
        Environment.ProcessPath is { } own && System.IO.Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet";

    /// <summary>How to run an assembly in a process of its own, whose output is read and whose input ends with this process.</summary>
    /// <param name="like">An assembly beside this program whose settings of the runtime it runs with; null for its own.</param>
    public static ProcessStartInfo Start(string assembly, string? like, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Path)
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = System.IO.Path.GetDirectoryName(assembly)!,
        };
        string[] settings = like is null ? [] : ["exec", "--runtimeconfig", System.IO.Path.Combine(AppContext.BaseDirectory, like + ".runtimeconfig.json")];
        foreach (var argument in settings.Append(assembly).Concat(arguments))
            start.ArgumentList.Add(argument);
        return start;
    }
}
