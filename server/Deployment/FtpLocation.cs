namespace OpenStage.Server.Deployment;

/// <summary>A folder on an FTP server (WPI guide p.53).</summary>
/// <param name="Server">Item <c>file-server</c>: address or host name.</param>
/// <param name="Port">Item <c>file-port</c>, 1 to 65535; 21 is usual.</param>
/// <param name="Path">Item <c>file-path</c>, with or without a slash at the end.</param>
/// <param name="UserName">Item <c>file-username</c>.</param>
/// <param name="Password">Item <c>file-pwd</c>.</param>
public sealed record FtpLocation(string Server, int Port, string Path, string UserName, string Password);
