namespace OpenStage.Server.Phones;

/// <summary>The words that fields of the phones resource are written with.</summary>
internal static class PhoneWords
{
    public const string Blind = "BLIND";
    public const string Attended = "ATTENDED";
    public const string NewCall = "NEW_CALL";

    public const string WebDomain = "WEB_DOMAIN";
    public const string PublicIpv4 = "PUBLIC_IPV4";
    public const string PublicIpv6 = "PUBLIC_IPV6";
    public const string PrivateIpv4 = "PRIVATE_IPV4";
    public const string PrivateIpv6 = "PRIVATE_IPV6";
    public const string SbcDomain = "SBC_DOMAIN";

    public static readonly string[] Languages =
    [
        "ENGLISH", "CHINESE", "DUTCH", "FRENCH", "GERMAN", "GREEK", "ITALIAN", "JAPANESE", "POLISH", "RUSSIAN", "SPANISH", "SWEDISH",
        "UKRAINIAN", "BULGARIAN",
    ];

    public static readonly string[] Transfers = [Blind, Attended, NewCall];

    public static readonly string[] Interfaces = [WebDomain, PublicIpv4, PublicIpv6, PrivateIpv4, PrivateIpv6, SbcDomain];

    /// <summary>In the order of the codes of item <c>sip-transport-user</c> (WPI guide p.108).</summary>
    public static readonly string[] Transports = ["UDP", "TCP", "TLS"];
}
