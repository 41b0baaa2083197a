namespace OpenStage.Server.Scans;

/// <summary>A phone that called after a contact-me.</summary>
public sealed record ScanCall(string Mac, DateTimeOffset At);
