using OpenStage.Server.Admin;
using OpenStage.Server.Deployment;
using OpenStage.Server.Description;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Campaigns;

/// <summary>What the job of each phone of a campaign asks for.</summary>
public sealed record NewCampaignContent
{
    /// <summary>ReadAllItems, ReadItems, WriteItems, Restart, FileDeployment, SoftwareDeployment or Contact.</summary>
    [Allowed(IsNeeded = true, Names = typeof(JobKind), Except = nameof(JobKind.SecureMode))]
    public string? Kind { get; init; }

    /// <summary>Items to read or write, the same for all phones. Of a secret that is stored already, the value *** keeps it.</summary>
    [Allowed(Longest = ItemListCheck.MostItems)]
    public IReadOnlyList<NewJobItem?>? Items { get; init; }

    /// <summary>For WriteItems in place of items: true when each phone gets the merge of its own templates, as it is when the phone is released.</summary>
    public bool Template { get; init; }

    /// <summary>For WriteItems in place of items: name of the one template whose items each phone gets.</summary>
    [Allowed(Shortest = 1, Longest = 100)]
    public string? TemplateName { get; init; }

    /// <summary>Files of a deployment; of software exactly one.</summary>
    [Allowed(Longest = 100)]
    public IReadOnlyList<DeploymentFile?>? Files { get; init; }

    /// <summary>The image of a SoftwareDeployment.</summary>
    public SoftwareImage? Software { get; init; }

    /// <summary>For WriteItems: items read afterwards, in the same interaction.</summary>
    [Allowed(Longest = ItemListCheck.MostItems)]
    public IReadOnlyList<NewJobItem?>? ReadBack { get; init; }

    /// <summary>-100 to 100; of two jobs of one phone the higher is done first.</summary>
    [Allowed(Least = -100, Most = 100)]
    public int Priority { get; init; }

    /// <summary>How long each job may take, 1 to 31536000 seconds; default 7 days.</summary>
    [Allowed(Least = 1, Most = 31_536_000)]
    public double? LifetimeSeconds { get; init; }
}
