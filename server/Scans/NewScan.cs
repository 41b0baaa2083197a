using OpenStage.Server.Description;

namespace OpenStage.Server.Scans;

/// <summary>A scan as it is asked for: either network, or from and to.</summary>
/// <param name="From">First IP address.</param>
/// <param name="To">Last IP address, at most 65,536 addresses on.</param>
/// <param name="Network">Network such as 10.1.2.0/24; of an IPv4 network its own and its broadcast address are left out.</param>
/// <param name="Port">Port of contact-me, 1 to 65535; 8085 when it is not given (WPI guide p.14).</param>
/// <param name="PerSecond">Requests a second, 1 to 50; 10 when it is not given.</param>
internal sealed record NewScan(
    [property: Allowed(Shortest = 2, Longest = 64)] string? From = null,
    [property: Allowed(Shortest = 2, Longest = 64)] string? To = null,
    [property: Allowed(Shortest = 4, Longest = 64)] string? Network = null,
    [property: Allowed(Least = 1, Most = 65_535)] int? Port = null,
    [property: Allowed(Least = 1, Most = 50)] int? PerSecond = null);
