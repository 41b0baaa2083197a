using OpenStage.Server.Description;

namespace OpenStage.Server.Campaigns;

/// <summary>The hours in which a campaign may release phones.</summary>
/// <param name="From">When it opens, HH:mm.</param>
/// <param name="To">When it closes, HH:mm; of the next day when that is not after <paramref name="From"/>.</param>
/// <param name="Zone">IANA name of the time zone, such as Europe/Berlin.</param>
/// <param name="Days">Names of the days on which it opens, such as Saturday; null or empty for every day.</param>
public sealed record NewCampaignWindow(
    [property: Allowed(IsNeeded = true, Shortest = 5, Longest = 5)] string? From,
    [property: Allowed(IsNeeded = true, Shortest = 5, Longest = 5)] string? To,
    [property: Allowed(IsNeeded = true, Shortest = 1, Longest = 100)] string? Zone,
    [property: Allowed(Longest = 7)] IReadOnlyList<string?>? Days = null);
