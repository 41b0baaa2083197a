namespace OpenStage.Harness.Live;

/// <summary>A phone as the page of a running lab shows it.</summary>
internal sealed record LivePhone(string Id, string Model);
