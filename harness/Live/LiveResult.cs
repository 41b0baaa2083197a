using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Live;

/// <summary>A result as the page of a running lab shows it.</summary>
internal sealed record LiveResult(string Case, string Title, string Section, int Page, string Phone, Verdict Verdict, string Expected, string Actual, string Reason);
