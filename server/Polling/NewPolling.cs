namespace OpenStage.Server.Polling;

/// <summary>How a phone shall poll, as it is asked for.</summary>
/// <param name="Url">The part before <c>contact-me?device-id=</c>, such as http://10.1.2.9:8081/dcmp/; a slash at the end is added when there is none.</param>
/// <param name="IntervalSeconds">10 to 86400.</param>
internal sealed record NewPolling(string? Url, int? IntervalSeconds);
