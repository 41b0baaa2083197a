using System.Globalization;
using OpenStage.Protocol.Messages;

namespace OpenStage.Simulator.Machine.Deployment;

/// <summary>One file of a FileDeployment or SoftwareDeployment (WPI guide p.52-57).</summary>
public sealed record FileRequest
{
    private const int FtpPort = 21;

    /// <summary>The index that groups the items of a file; null for a single one (p.55).</summary>
    public int? Index { get; private init; }

    /// <summary>Where the file is; null when the items do not say.</summary>
    public Uri? Source { get; private init; }

    public string Username { get; private init; } = "";

    public string Password { get; private init; } = "";

    public string Name { get; private init; } = "";

    public string Type { get; private init; } = "";

    public bool Delete { get; private init; }

    /// <summary>Version that the image is said to have, or empty (p.57).</summary>
    public string SoftwareVersion { get; private init; } = "";

    /// <summary>Reads the files of an action, in the order of their index.</summary>
    public static IReadOnlyList<FileRequest> Read(IReadOnlyList<Item> items) =>
        [.. items.Where(item => item.Name.StartsWith("file-", StringComparison.Ordinal) && item.Name != "file-priority")
            .GroupBy(item => item.Index).OrderBy(file => file.Key).Select(file => Read(file.Key, [.. file]))];

    /// <summary>True when the software may be taken in a call: also the default (p.177); 1 is met in the field.</summary>
    public static bool IsImmediate(IReadOnlyList<Item> items) =>
        (items.Find("file-priority")?.Value.Trim() ?? "immediate") is "immediate" or "1" or "" or "NULL";

    private static FileRequest Read(int? index, List<Item> items)
    {
        string Value(string name) => items.Find(name)?.Value.Trim() is { } value && value != "NULL" ? value : "";
        var https = Value("file-https-base-url");
        var name = Value("file-name");
        var source = https.Length > 0 ? Https(https) : Ftp(Value("file-server"), Value("file-port"), Value("file-path"), name);
        return new FileRequest
        {
            Index = index,
            Source = source,
            Username = Value("file-username"),
            Password = Value("file-pwd"),
            // WPI guide p.53: despite its name the base URL is the whole address of the file.
            Name = name.Length > 0 ? name : source is null ? "" : Uri.UnescapeDataString(source.Segments[^1]),
            Type = Value("file-type"),
            Delete = Value("file-action") == "delete",
            SoftwareVersion = Value("file-sw-version"),
        };
    }

    private static Uri? Https(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? uri : null;

    private static Uri? Ftp(string server, string port, string path, string name)
    {
        if (server.Length == 0 || name.Length == 0 || Uri.CheckHostName(server) == UriHostNameType.Unknown)
            return null;
        var number = FtpPort;
        if (port.Length > 0 && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is < 1 or > 65535))
            return null;
        // Path with or without slashes at its ends (p.53).
        var folder = path.Trim('/');
        var whole = (folder.Length > 0 ? folder + "/" : "") + name;
        return new UriBuilder(Uri.UriSchemeFtp, server, number, string.Join('/', whole.Split('/').Select(Uri.EscapeDataString))).Uri;
    }
}
