namespace OpenStage.Harness.Reports;

/// <summary>A setting that is not what it was before the run, or that nobody can tell.</summary>
/// <param name="CaseId">The case that changed it.</param>
/// <param name="Item">Name of the item; empty when it is the whole phone.</param>
/// <param name="Reason">What was tried and what came of it; never a value of a secret.</param>
public sealed record NotRestoredEntry(string PhoneId, string CaseId, string Item, string Reason);
