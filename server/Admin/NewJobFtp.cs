using OpenStage.Server.Description;

namespace OpenStage.Server.Admin;

/// <summary>A folder on an FTP server.</summary>
public sealed record NewJobFtp
{
    /// <summary>IP address or host name.</summary>
    [Allowed(IsNeeded = true, Shortest = 1, Longest = 255)]
    public string? Server { get; init; }

    /// <summary>1 to 65535, default 21.</summary>
    [Allowed(Least = 1, Most = 65535)]
    public int Port { get; init; } = 21;

    /// <summary>Path of the folder, at most 255 characters.</summary>
    [Allowed(Longest = 255)]
    public string? Path { get; init; }

    /// <summary>At most 255 characters.</summary>
    [Allowed(Longest = 255)]
    public string? UserName { get; init; }

    /// <summary>At most 255 characters; answers show stars in its place.</summary>
    [Allowed(Longest = 255)]
    public string? Password { get; init; }
}
