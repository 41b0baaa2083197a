namespace OpenStage.Server.Deployment;

/// <summary>One file of a FileDeployment or SoftwareDeployment job (WPI guide p.52-57).</summary>
public sealed record DeploymentFile
{
    public FileAction Action { get; init; }

    /// <summary>Item <c>file-name</c>: its name on the phone; with the type it identifies the file there (p.55).</summary>
    public required string Name { get; init; }

    /// <summary>Item <c>file-type</c>: RINGTONE, LOGO, SCREENSAVER, MOH, PIC, LDAP (p.245), firmware APP (p.57).</summary>
    public required string Type { get; init; }

    /// <summary>Number of the file in the server's own file area, or null.</summary>
    public long? File { get; init; }

    /// <summary>Item <c>file-https-base-url</c> of an external server: the full URL with the file's name (p.53); or null.</summary>
    public string? Url { get; init; }

    /// <summary>Where the file is on an FTP server, or null.</summary>
    public FtpLocation? Ftp { get; init; }
}
