using System.Net;
using System.Net.Sockets;

namespace OpenStage.Server.Phones;

/// <summary>The body with which the PBX's addresses are changed.</summary>
internal static class NetworkBody
{
    public static BodySchema Update { get; } = new(false,
        Domain("web_domain", "Web domain of the PBX."),
        Address("private_ipv4", "IPv4 address in the own network.", AddressFamily.InterNetwork),
        Address("public_ipv4", "IPv4 address in the internet.", AddressFamily.InterNetwork),
        new BodyField("enable_ipv6", BodyKind.Flag, "Whether the IPv6 addresses are used; null is true."),
        Address("private_ipv6", "IPv6 address in the own network.", AddressFamily.InterNetworkV6),
        Address("public_ipv6", "IPv6 address in the internet.", AddressFamily.InterNetworkV6),
        Address("primary_dns_server", "First DNS server.", null),
        Address("secondary_dns_server", "Second DNS server.", null),
        Domain("sbc_domain", "Web domain of the session border controller."));

    public static NetworkAddresses Apply(NetworkAddresses before, BodyValues body) => new()
    {
        WebDomain = body.Text("web_domain", before.WebDomain),
        PrivateIpv4 = body.Text("private_ipv4", before.PrivateIpv4),
        PublicIpv4 = body.Text("public_ipv4", before.PublicIpv4),
        EnableIpv6 = body.Flag("enable_ipv6", before.EnableIpv6) ?? true,
        PrivateIpv6 = body.Text("private_ipv6", before.PrivateIpv6),
        PublicIpv6 = body.Text("public_ipv6", before.PublicIpv6),
        PrimaryDnsServer = body.Text("primary_dns_server", before.PrimaryDnsServer),
        SecondaryDnsServer = body.Text("secondary_dns_server", before.SecondaryDnsServer),
        SbcDomain = body.Text("sbc_domain", before.SbcDomain),
    };

    private static BodyField Domain(string name, string description) => new(name, BodyKind.Text, description)
    {
        Rule = (text => Uri.CheckHostName(text) == UriHostNameType.Dns && text.Length <= 253, "a host name such as pbx.example.net"),
    };

    private static BodyField Address(string name, string description, AddressFamily? family) => new(name, BodyKind.Text, description)
    {
        Most = 45,
        Rule = (text => IsAddress(text, family), family switch
        {
            AddressFamily.InterNetwork => "an IPv4 address such as 10.1.2.3",
            AddressFamily.InterNetworkV6 => "an IPv6 address such as 2001:db8::1",
            _ => "an IP address",
        }),
    };

    /// <summary>Not what .NET also reads as an address: 1 or 10.1 as IPv4, or one with a zone.</summary>
    private static bool IsAddress(string text, AddressFamily? family) =>
        IPAddress.TryParse(text, out var address) && (family is null || address.AddressFamily == family)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 ? !text.AsSpan().ContainsAny('%', '[') : text.Count(letter => letter == '.') == 3);
}
