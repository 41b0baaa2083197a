using OpenStage.Server.Admin;
using OpenStage.Server.Deployment;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Campaigns;

/// <summary>The content of a campaign as it may be shown: secrets masked.</summary>
public sealed record CampaignContentView
{
    public required JobKind Kind { get; init; }

    public required IReadOnlyList<NewJobItem> Items { get; init; }

    /// <summary>True when each phone gets the merge of its own templates.</summary>
    public required bool Template { get; init; }

    /// <summary>Name of the one template whose items each phone gets, or null.</summary>
    public string? TemplateName { get; init; }

    public required IReadOnlyList<DeploymentFile> Files { get; init; }

    public SoftwareImage? Software { get; init; }

    public required IReadOnlyList<NewJobItem> ReadBack { get; init; }

    public required int Priority { get; init; }

    public double? LifetimeSeconds { get; init; }

    internal static CampaignContentView Of(CampaignContent content) => new()
    {
        Kind = content.Kind,
        Items = [.. content.Items.Select(item => new NewJobItem(item.Name, ItemView.Masked(item.Name, item.Value), item.Index))],
        Template = content.Template,
        TemplateName = content.TemplateName,
        Files = [.. content.Files.Select(Masked)],
        Software = content.Software,
        ReadBack = [.. content.ReadBack.Select(item => new NewJobItem(item.Name, null, item.Index))],
        Priority = content.Priority,
        LifetimeSeconds = content.Lifetime?.TotalSeconds,
    };

    private static DeploymentFile Masked(DeploymentFile file) => file.Ftp is { Password.Length: > 0 } ftp
        ? file with { Ftp = ftp with { Password = Asked.Masked } }
        : file;
}
