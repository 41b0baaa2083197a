using System.Text.Json.Serialization;

namespace OpenStage.Server.Phones;

/// <summary>The addresses of the PBX; null where none is set.</summary>
public sealed record NetworkView
{
    [JsonPropertyName("web_domain")]
    public string? WebDomain { get; init; }

    [JsonPropertyName("private_ipv4")]
    public string? PrivateIpv4 { get; init; }

    [JsonPropertyName("public_ipv4")]
    public string? PublicIpv4 { get; init; }

    [JsonPropertyName("enable_ipv6")]
    public required bool EnableIpv6 { get; init; }

    [JsonPropertyName("private_ipv6")]
    public string? PrivateIpv6 { get; init; }

    [JsonPropertyName("public_ipv6")]
    public string? PublicIpv6 { get; init; }

    [JsonPropertyName("primary_dns_server")]
    public string? PrimaryDnsServer { get; init; }

    [JsonPropertyName("secondary_dns_server")]
    public string? SecondaryDnsServer { get; init; }

    [JsonPropertyName("sbc_domain")]
    public string? SbcDomain { get; init; }

    internal static NetworkView Of(NetworkAddresses network) => new()
    {
        WebDomain = network.WebDomain,
        PrivateIpv4 = network.PrivateIpv4,
        PublicIpv4 = network.PublicIpv4,
        EnableIpv6 = network.EnableIpv6,
        PrivateIpv6 = network.PrivateIpv6,
        PublicIpv6 = network.PublicIpv6,
        PrimaryDnsServer = network.PrimaryDnsServer,
        SecondaryDnsServer = network.SecondaryDnsServer,
        SbcDomain = network.SbcDomain,
    };
}
