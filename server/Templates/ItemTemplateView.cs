using OpenStage.Server.Admin;

namespace OpenStage.Server.Templates;

/// <summary>A template as it may be shown: secrets masked.</summary>
public sealed record ItemTemplateView
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required TemplateLevel Level { get; init; }

    /// <summary>Of a site, the location, or empty for all phones; of a model, the device type; of a device, its MAC address.</summary>
    public required string Match { get; init; }

    public required IReadOnlyList<TemplateItem> Items { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>What the catalogue says against items; they are sent all the same.</summary>
    public required IReadOnlyList<TemplateProblem> Warnings { get; init; }

    internal static ItemTemplateView Of(ItemTemplate template) => new()
    {
        Id = template.Id,
        Name = template.Name,
        Level = template.Level,
        Match = template.Match,
        Items = [.. template.Items.Select(item => item with { Value = ItemView.Masked(item.Name, item.Value) })],
        Enabled = template.Enabled,
        Warnings = TemplateCheck.Warnings(template),
    };
}
