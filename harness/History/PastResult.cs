using OpenStage.Harness.Reports;

namespace OpenStage.Harness.History;

/// <summary>A verdict of an earlier run.</summary>
internal sealed record PastResult(Verdict Verdict, string Firmware, DateTimeOffset StartedAt);
