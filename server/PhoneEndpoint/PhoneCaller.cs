namespace OpenStage.Server.PhoneEndpoint;

/// <summary>Who sends a message, as far as the connection shows it.</summary>
/// <param name="Address">IP address, or empty when nobody calls.</param>
/// <param name="Server">IP address and port that it called, or empty.</param>
/// <param name="Thumbprint">SHA-256 of the client certificate, hex in upper case; empty on the default port.</param>
/// <param name="Mac">The MAC address that the client certificate is for; empty on the default port.</param>
internal sealed record PhoneCaller(string Address, string Server = "", string Thumbprint = "", string Mac = "")
{
    /// <summary>For what the server does of its own accord.</summary>
    public static PhoneCaller Nobody { get; } = new("");

    /// <summary>True on the port with client certificates (WPI guide p.62).</summary>
    public bool IsSecure => Thumbprint.Length > 0;
}
