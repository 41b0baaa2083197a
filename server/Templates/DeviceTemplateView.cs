namespace OpenStage.Server.Templates;

/// <summary>What the templates come to for one phone, beside what it has.</summary>
public sealed record DeviceTemplateView
{
    public required string Mac { get; init; }

    /// <summary>Names of the templates that are for the phone, from the highest level to the deepest.</summary>
    public required IReadOnlyList<string> Templates { get; init; }

    public required IReadOnlyList<DeviceTemplateItemView> Items { get; init; }

    /// <summary>Items that a template has and a deeper one removed, with the name of that.</summary>
    public required IReadOnlyList<TemplateProblem> Removed { get; init; }

    /// <summary>Why nothing can be sent; empty when it can.</summary>
    public required IReadOnlyList<TemplateProblem> Problems { get; init; }

    /// <summary>What the catalogue says against items; they are sent all the same.</summary>
    public required IReadOnlyList<TemplateProblem> Warnings { get; init; }

    internal static DeviceTemplateView Of(DeviceTemplate found) => new()
    {
        Mac = found.Device.Mac,
        Templates = [.. found.Merged.Templates.Select(template => template.Name)],
        Items = [.. found.Differences.Select(DeviceTemplateItemView.Of)],
        Removed = [.. found.Merged.Removed.Select(item => new TemplateProblem(item.Key.ToString(), item.Template.Name, "removed"))],
        Problems = found.Merged.Problems,
        Warnings = found.Merged.Warnings,
    };
}
