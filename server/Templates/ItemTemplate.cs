using OpenStage.Server.Devices;

namespace OpenStage.Server.Templates;

/// <summary>A named set of items with placeholders.</summary>
public sealed record ItemTemplate
{
    public required long Id { get; init; }

    /// <summary>1 to 100 characters; no other template has it, in whatever case.</summary>
    public required string Name { get; init; }

    public required TemplateLevel Level { get; init; }

    /// <summary>Of a site, the location, or empty for all phones; of a model, the device type; of a device, its MAC address.</summary>
    public string Match { get; init; } = "";

    public IReadOnlyList<TemplateItem> Items { get; init; } = [];

    public bool Enabled { get; init; } = true;

    internal bool IsFor(Device device) => Enabled && Level switch
    {
        TemplateLevel.Site => Match.Length == 0 || Match == device.Location,
        TemplateLevel.Model => Match.Equals(device.Model, StringComparison.OrdinalIgnoreCase),
        _ => Match == device.Mac,
    };
}
