namespace OpenStage.Server.Scans;

/// <summary>A scan as it is asked for: either network, or from and to.</summary>
/// <param name="From">First IP address.</param>
/// <param name="To">Last IP address, at most 65,536 addresses on.</param>
/// <param name="Network">Network such as 10.1.2.0/24; of an IPv4 network its own and its broadcast address are left out.</param>
/// <param name="Port">Port of contact-me, 1 to 65535; 8085 when it is not given (WPI guide p.14).</param>
/// <param name="PerSecond">Requests a second, 1 to 50; 10 when it is not given.</param>
internal sealed record NewScan(string? From, string? To, string? Network, int? Port, int? PerSecond);
