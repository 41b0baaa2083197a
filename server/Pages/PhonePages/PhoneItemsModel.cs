using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.PhonePages;

/// <summary>What the page of a phone's items shows; secrets masked.</summary>
public sealed record PhoneItemsModel
{
    public required PhoneHead Head { get; init; }

    public string? Search { get; init; }

    /// <summary>Group of the item catalogue, or null for all.</summary>
    public string? Group { get; init; }

    /// <summary>Groups that the phone has items of.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    public required IReadOnlyList<PhoneItemRow> Rows { get; init; }

    public required Paging Paging { get; init; }
}
