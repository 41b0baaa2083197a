using OpenStage.Protocol.Messages;
using OpenStage.Server.Deployment;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Campaigns;

/// <summary>What the job of each phone of a campaign asks for.</summary>
public sealed record CampaignContent
{
    public required JobKind Kind { get; init; }

    /// <summary>Items to read or write, the same for all phones.</summary>
    public IReadOnlyList<Item> Items { get; init; } = [];

    /// <summary>True when each phone gets the merge of its own templates, as it is when the phone is released.</summary>
    public bool Template { get; init; }

    /// <summary>Name of the one template whose items each phone gets, its placeholders filled; null for none.</summary>
    public string? TemplateName { get; init; }

    /// <summary>Files of a deployment; of software exactly one.</summary>
    public IReadOnlyList<DeploymentFile> Files { get; init; } = [];

    /// <summary>The image of a SoftwareDeployment.</summary>
    public SoftwareImage? Software { get; init; }

    /// <summary>Items read after a write, in the same interaction (WPI guide p.46); empty for none.</summary>
    public IReadOnlyList<Item> ReadBack { get; init; } = [];

    /// <summary>-100 to 100.</summary>
    public int Priority { get; init; }

    /// <summary>How long each job may take, 1 s to 365 days; null means the server's default.</summary>
    public TimeSpan? Lifetime { get; init; }

    internal bool IsFromTemplates => Template || TemplateName is not null;

    /// <summary>The job of one phone.</summary>
    /// <param name="items">What its templates gave; null for the items that all phones get.</param>
    internal JobRequest For(string mac, IReadOnlyList<Item>? items = null) => new()
    {
        Mac = mac,
        Kind = Kind,
        Items = items ?? Items,
        Files = Files,
        Software = Software,
        ReadBack = ReadBack,
        Priority = Priority,
        Lifetime = Lifetime,
    };
}
