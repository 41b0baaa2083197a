namespace OpenStage.Harness.History;

/// <summary>A run in the history.</summary>
/// <param name="ToolVersion">Version of the lab that ran it.</param>
/// <param name="Good">Number of results that are as they should be: all but those below.</param>
/// <param name="Bad">Number of failures and unexpected passes.</param>
/// <param name="LabErrors">Number of results that are the lab's own fault.</param>
public sealed record PastRun(string RunId, DateTimeOffset StartedAt, int Seed, string LabFile, string ToolVersion, bool Complete, int Good, int Bad, int LabErrors);
