using OpenStage.Server.Description;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Admin;

/// <summary>An item to be read or written.</summary>
/// <param name="Name">Name of the item.</param>
/// <param name="Value">Value to be written; left out when it is read.</param>
/// <param name="Index">Number of the instance, for tables.</param>
public sealed record NewJobItem(
    [property: Allowed(IsNeeded = true, Shortest = 1, Longest = 255)] string? Name,
    [property: Allowed(Longest = ItemListCheck.LongestValue)] string? Value = null,
    [property: Allowed(Least = 0)] int? Index = null);
