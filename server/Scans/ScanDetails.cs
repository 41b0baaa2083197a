namespace OpenStage.Server.Scans;

/// <summary>How far a scan is, and what it found.</summary>
/// <param name="Found">Addresses that answered or called, in the order they were contacted in.</param>
public sealed record ScanDetails(ScanView Scan, IReadOnlyList<ScanHit> Found);
