namespace OpenStage.Server.Admin;

/// <summary>A file to be deployed or deleted; of file, url and ftp exactly one when it is deployed, and none when it is deleted.</summary>
public sealed record NewJobFile
{
    /// <summary>Deploy, the default, or Delete.</summary>
    public string? Action { get; init; }

    /// <summary>Name on the phone, 1 to 255 characters; default is the library's, or the one at the end of url.</summary>
    public string? Name { get; init; }

    /// <summary>RINGTONE, LOGO, SCREENSAVER, MOH, PIC, LDAP, DONGLE, or APP for firmware; default is the library's, and APP for a SoftwareDeployment.</summary>
    public string? Type { get; init; }

    /// <summary>Number of a file in the library.</summary>
    public long? File { get; init; }

    /// <summary>Full https address of the file, with its name at the end.</summary>
    public string? Url { get; init; }

    /// <summary>Where the file is on an FTP server.</summary>
    public NewJobFtp? Ftp { get; init; }
}
