using System.Globalization;

namespace OpenStage.Server.Templates;

/// <summary>What all templates of one phone come to.</summary>
internal sealed record MergedTemplate
{
    /// <summary>The templates that are for the phone, from the highest level to the deepest.</summary>
    public required IReadOnlyList<ItemTemplate> Templates { get; init; }

    /// <summary>In order of their names.</summary>
    public required IReadOnlyList<MergedItem> Items { get; init; }

    /// <summary>Items of some template that a deeper one removed, with that.</summary>
    public required IReadOnlyList<MergedItem> Removed { get; init; }

    /// <summary>Why nothing can be sent; empty when it can.</summary>
    public required IReadOnlyList<TemplateProblem> Problems { get; init; }

    /// <summary>What the catalogue says against items; they are sent all the same.</summary>
    public required IReadOnlyList<TemplateProblem> Warnings { get; init; }

    /// <summary>The problems in one line, or null when there are none.</summary>
    public string? Why
    {
        get
        {
            if (Problems.Count == 0)
                return Items.Count == 0 ? "no template has an item for this phone" : null;
            var first = $"{Problems[0].Item} of template {Problems[0].Template}: {Problems[0].Text}";
            return Problems.Count == 1 ? first : string.Create(CultureInfo.InvariantCulture, $"{first} ({Problems.Count} problems)");
        }
    }
}
