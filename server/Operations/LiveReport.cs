namespace OpenStage.Server.Operations;

/// <summary>That the process answers at all.</summary>
/// <param name="Live">Always true.</param>
public sealed record LiveReport(bool Live);
