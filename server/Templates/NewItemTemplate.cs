using OpenStage.Server.Description;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Templates;

/// <summary>A template as it is asked for.</summary>
public sealed record NewItemTemplate
{
    /// <summary>1 to 100 characters; no other template has it, in whatever case.</summary>
    [Allowed(IsNeeded = true, Shortest = 1, Longest = 100)]
    public string? Name { get; init; }

    /// <summary>Site, Model or Device.</summary>
    [Allowed(IsNeeded = true, Names = typeof(TemplateLevel))]
    public string? Level { get; init; }

    /// <summary>Of a site, the location, or empty for all phones; of a model, the device type; of a device, its MAC address.</summary>
    [Allowed(Longest = 255)]
    public string? Match { get; init; }

    /// <summary>1 to 10000 items, each name and index once.</summary>
    [Allowed(IsNeeded = true, Shortest = 1, Longest = ItemListCheck.MostItems)]
    public IReadOnlyList<NewTemplateItem>? Items { get; init; }

    /// <summary>Whether it counts; default true.</summary>
    public bool? Enabled { get; init; }
}
