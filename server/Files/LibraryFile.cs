namespace OpenStage.Server.Files;

/// <summary>A file in the server's library.</summary>
public sealed record LibraryFile
{
    public required long Id { get; init; }

    /// <summary>Its name on the phone; with the type it identifies the file there (WPI guide p.55).</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="FileTypes.All"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Of firmware: the version that phones report when they run it, such as V3 R5.12.0; empty when not known.</summary>
    public string Version { get; init; } = "";

    /// <summary>Of firmware: device types that it is for; none when not known.</summary>
    public IReadOnlyList<string> DeviceTypes { get; init; } = [];

    /// <summary>Of firmware: item <c>file-sw-type</c> (p.57).</summary>
    public string SoftwareType { get; init; } = "";

    /// <summary>Bytes, 1 or more.</summary>
    public required long Size { get; init; }

    /// <summary>64 hex digits.</summary>
    public required string Sha256 { get; init; }

    public required DateTimeOffset Uploaded { get; init; }

    /// <summary>Who uploaded it; empty when nobody was signed in.</summary>
    public string UploadedBy { get; init; } = "";

    internal LibraryFile With(FileFacts facts) => this with
    {
        Name = facts.Name,
        Type = facts.Type,
        Version = facts.Version,
        DeviceTypes = facts.DeviceTypes,
        SoftwareType = facts.SoftwareType,
    };
}
