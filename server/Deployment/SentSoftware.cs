namespace OpenStage.Server.Deployment;

/// <param name="Version">Version of the image, such as V3 R3.24.0.</param>
public sealed record SentSoftware(string Version, DateTimeOffset At);
