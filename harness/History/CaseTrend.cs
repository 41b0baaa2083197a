namespace OpenStage.Harness.History;

/// <summary>The history of a case on a phone, and which they are.</summary>
public sealed record CaseTrend(string CaseId, string PhoneId, string Firmware, CaseHistory History);
