namespace OpenStage.Harness.Lab;

/// <summary>How jobs are created at a service under test.</summary>
public sealed record LabHook
{
    public static LabHook None { get; } = new() { Kind = HookKind.None };

    public required HookKind Kind { get; init; }

    /// <summary>Address of the request, with placeholders; of an administration its base address. Empty for other kinds.</summary>
    public string Url { get; init; } = "";

    /// <summary>HTTP method of a request: GET, POST or PUT. Default POST.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>Headers of a request, with placeholders.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Body of a request, with placeholders; sent as JSON unless a header says otherwise.</summary>
    public string Body { get; init; } = "";

    /// <summary>Environment variable that holds the token, or null.</summary>
    public string? TokenVariable { get; init; }

    /// <summary>File that holds the token, or null; a path that is not absolute counts from the folder of the lab file.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Program and arguments of a command.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>How long it may take, 1 to 600 seconds. Default 30; a person at a prompt has 600.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
