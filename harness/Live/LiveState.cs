using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Live;

/// <summary>Where a running lab stands.</summary>
/// <param name="Total">Results that the complete run has.</param>
/// <param name="Running">The cases that run, one a phone at the most.</param>
/// <param name="IsOver">True when the reports are there.</param>
internal sealed record LiveState(
    string Title, IReadOnlyList<LivePhone> Phones, int Total, int Done, IReadOnlyDictionary<Verdict, int> Counts, IReadOnlyList<LiveCase> Running, IReadOnlyList<LivePrompt> Prompts, bool IsOver);
