namespace OpenStage.Server.Jobs;

/// <summary>One line of what happened to a job; never a secret.</summary>
public sealed record JobHistoryLine(DateTimeOffset At, string Text);
