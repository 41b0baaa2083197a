using OpenStage.Harness.Verdicts;

namespace OpenStage.Conformance.Cases.Service;

/// <summary>A body that is no message.</summary>
/// <param name="What">What it is, in words.</param>
public sealed record BrokenBody(string Id, string What, string Quirk, string Body)
    : TableCase(Id, Level.Informational, 13, $"Answered: {What}", $"A body that is {What} is answered with CleanUp or refused, and never left without an answer.", Quirk);
