namespace OpenStage.Server.Audit;

/// <summary>A page of the audit log, the newest first.</summary>
/// <param name="Count">How many entries there are, whatever the page.</param>
public sealed record AuditPage(long Count, IReadOnlyList<AuditEntry> Items);
