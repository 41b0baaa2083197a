namespace OpenStage.Simulator.FrontPanel;

/// <summary>The files of the front panel, which the assembly carries.</summary>
internal static class PanelFiles
{
    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
    };

    /// <summary>A file by name, or 404.</summary>
    public static IResult Get(string name)
    {
        var stream = typeof(PanelFiles).Assembly.GetManifestResourceStream($"panel/{name}");
        return stream is not null && Types.TryGetValue(Path.GetExtension(name), out var type) ? Results.Stream(stream, type) : Results.NotFound();
    }
}
