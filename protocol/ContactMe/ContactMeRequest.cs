namespace OpenStage.Protocol.ContactMe;

/// <summary>The plain HTTP request by which the service asks a phone to call back (WPI guide p.14-15).</summary>
/// <param name="CallBack">The ContactMe parameter; a bare GET without parameters counts as true (field).</param>
/// <param name="ServerAddress">dls_ip_addr: where to call for this one response; null means the configured service.</param>
/// <param name="ServerPort">dls_ip_port: the port for it.</param>
public sealed partial record ContactMeRequest(bool CallBack, string? ServerAddress = null, int? ServerPort = null)
{
    /// <summary>The port phones listen on (p.12, p.14).</summary>
    public const int DefaultPort = 8085;

    /// <summary>The path phones listen on (p.14).</summary>
    public const string Path = "/contact_dls.html/ContactDLS";

    /// <summary>Content type of the POST form (p.15).</summary>
    public const string ContentType = "application/x-www-form-urlencoded; charset=utf-8";
}
