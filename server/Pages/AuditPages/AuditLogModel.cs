using OpenStage.Server.Audit;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.AuditPages;

/// <summary>What the audit log's page shows.</summary>
public sealed record AuditLogModel(AuditFilter Filter, IReadOnlyList<AuditEntry> Entries, Paging Paging);
