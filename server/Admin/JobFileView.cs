using OpenStage.Server.Deployment;

namespace OpenStage.Server.Admin;

/// <summary>A file of a job as it may be shown.</summary>
/// <param name="File">Number of the file in the library, or null.</param>
/// <param name="Url">Address on another server, or null.</param>
/// <param name="Ftp">Place on an FTP server, stars for its password; or null.</param>
public sealed record JobFileView(FileAction Action, string Name, string Type, long? File, string? Url, FtpLocation? Ftp)
{
    internal static JobFileView Of(DeploymentFile file) => new(
        file.Action, file.Name, file.Type, file.File, file.Url, file.Ftp is { Password.Length: > 0 } ftp ? ftp with { Password = "***" } : file.Ftp);
}
