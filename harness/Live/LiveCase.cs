namespace OpenStage.Harness.Live;

/// <summary>The case that runs now.</summary>
/// <param name="Seconds">Real time since it began.</param>
/// <param name="LastMessage">The last exchange in a few words, without values; empty before the first.</param>
internal sealed record LiveCase(string Case, string Title, string Phone, double Seconds, string LastMessage);
