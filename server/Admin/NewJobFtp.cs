namespace OpenStage.Server.Admin;

/// <summary>A folder on an FTP server.</summary>
public sealed record NewJobFtp
{
    /// <summary>IP address or host name.</summary>
    public string? Server { get; init; }

    /// <summary>1 to 65535, default 21.</summary>
    public int Port { get; init; } = 21;

    /// <summary>Path of the folder, at most 255 characters.</summary>
    public string? Path { get; init; }

    /// <summary>At most 255 characters.</summary>
    public string? UserName { get; init; }

    /// <summary>At most 255 characters; answers show stars in its place.</summary>
    public string? Password { get; init; }
}
