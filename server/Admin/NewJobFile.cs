using OpenStage.Server.Deployment;
using OpenStage.Server.Description;
using OpenStage.Server.Files;

namespace OpenStage.Server.Admin;

/// <summary>A file to be deployed or deleted; of file, url and ftp exactly one when it is deployed, and none when it is deleted.</summary>
public sealed record NewJobFile
{
    /// <summary>Deploy, the default, or Delete.</summary>
    [Allowed(Names = typeof(FileAction))]
    public string? Action { get; init; }

    /// <summary>Name on the phone, 1 to 255 characters; default is the library's, or the one at the end of url.</summary>
    [Allowed(Shortest = 1, Longest = 255)]
    public string? Name { get; init; }

    /// <summary>RINGTONE, LOGO, SCREENSAVER, MOH, PIC, LDAP, DONGLE, or APP for firmware; default is the library's, and APP for a SoftwareDeployment.</summary>
    [Allowed(Words = FileTypes.Words)]
    public string? Type { get; init; }

    /// <summary>Number of a file in the library.</summary>
    [Allowed(Least = 1)]
    public long? File { get; init; }

    /// <summary>Full https address of the file, with its name at the end.</summary>
    [Allowed(Longest = 2000)]
    public string? Url { get; init; }

    /// <summary>Where the file is on an FTP server.</summary>
    public NewJobFtp? Ftp { get; init; }
}
