namespace OpenStage.Harness.Live;

/// <summary>Something that a person is asked to do.</summary>
/// <param name="Id">Number, from 1; never used twice in a run.</param>
internal sealed record LivePrompt(int Id, string What);
