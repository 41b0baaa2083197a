using OpenStage.Server.Description;

namespace OpenStage.Server.Polling;

/// <summary>How a phone shall poll, as it is asked for.</summary>
/// <param name="Url">The part before <c>contact-me?device-id=</c>, such as http://10.1.2.9:8081/dcmp/; a slash at the end is added when there is none.</param>
/// <param name="IntervalSeconds">10 to 86400.</param>
internal sealed record NewPolling(
    [property: Allowed(IsNeeded = true, Shortest = 1, Longest = 254)] string? Url,
    [property: Allowed(IsNeeded = true, Least = 10, Most = 86_400)] int? IntervalSeconds);
