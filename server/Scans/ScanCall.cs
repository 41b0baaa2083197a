namespace OpenStage.Server.Scans;

/// <summary>A phone that called after a contact-me.</summary>
internal sealed record ScanCall(string Mac, DateTimeOffset At);
