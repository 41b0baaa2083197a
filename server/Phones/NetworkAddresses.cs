namespace OpenStage.Server.Phones;

/// <summary>The addresses of the PBX.</summary>
internal sealed record NetworkAddresses
{
    public string? WebDomain { get; init; }

    public string? PrivateIpv4 { get; init; }

    public string? PublicIpv4 { get; init; }

    public bool EnableIpv6 { get; init; } = true;

    public string? PrivateIpv6 { get; init; }

    public string? PublicIpv6 { get; init; }

    public string? PrimaryDnsServer { get; init; }

    public string? SecondaryDnsServer { get; init; }

    public string? SbcDomain { get; init; }

    /// <summary>The address that an interface names, or null when it is not set or IPv6 is off.</summary>
    public string? Of(string name) => name switch
    {
        PhoneWords.WebDomain => WebDomain,
        PhoneWords.PublicIpv4 => PublicIpv4,
        PhoneWords.PrivateIpv4 => PrivateIpv4,
        PhoneWords.PublicIpv6 => EnableIpv6 ? PublicIpv6 : null,
        PhoneWords.PrivateIpv6 => EnableIpv6 ? PrivateIpv6 : null,
        _ => SbcDomain,
    };
}
