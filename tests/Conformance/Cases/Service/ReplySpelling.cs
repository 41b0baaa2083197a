using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases.Service;

/// <summary>A spelling of a reply that phones in the field have and that a service has to understand.</summary>
/// <param name="Spell">Makes the usual reply one in this spelling.</param>
public sealed record ReplySpelling(string Id, Level Level, int Page, string Title, string Requirement, string Quirk, Func<PhoneMessage, PhoneMessage> Spell)
    : TableCase(Id, Level, Page, Title, Requirement, Quirk);
