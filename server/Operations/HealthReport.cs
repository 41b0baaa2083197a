namespace OpenStage.Server.Operations;

/// <summary>Whether a server can serve phones now.</summary>
/// <param name="Ready">True when every part is all right.</param>
/// <param name="Started">When the server began.</param>
/// <param name="UptimeSeconds">Seconds since then.</param>
public sealed record HealthReport(bool Ready, string Version, DateTimeOffset Started, double UptimeSeconds, IReadOnlyList<HealthPart> Parts);
