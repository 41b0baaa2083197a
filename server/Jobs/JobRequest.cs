using OpenStage.Protocol.Messages;
using OpenStage.Server.Deployment;
using OpenStage.Server.SecureMode;

namespace OpenStage.Server.Jobs;

/// <summary>What is asked for when a job is created.</summary>
public sealed record JobRequest
{
    /// <summary>MAC address of the phone, with colons, dashes or neither.</summary>
    public required string Mac { get; init; }

    public required JobKind Kind { get; init; }

    /// <summary>Items to read or write, or the two of a factory reset (WPI guide p.51).</summary>
    public IReadOnlyList<Item> Items { get; init; } = [];

    /// <summary>Files of a deployment; of software exactly one.</summary>
    public IReadOnlyList<DeploymentFile> Files { get; init; } = [];

    /// <summary>The image of a SoftwareDeployment.</summary>
    public SoftwareImage? Software { get; init; }

    /// <summary>Of a SecureMode job: what the phone was given.</summary>
    public Bootstrapping? Bootstrapping { get; init; }

    /// <summary>Items read after a write, in the same interaction (p.46, p.60); empty for none.</summary>
    public IReadOnlyList<Item> ReadBack { get; init; } = [];

    /// <summary>-100 to 100; of two jobs of one phone the higher is done first.</summary>
    public int Priority { get; init; }

    public long? Campaign { get; init; }

    /// <summary>Sends firmware also to a phone of another model than the library says that it is for.</summary>
    public bool Force { get; init; }

    /// <summary>Who asks for it; empty for the server itself.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>Not to be started before; null means at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>How long the job may take before it expires, at most 365 days; null means the server's default, 7 days.</summary>
    public TimeSpan? Lifetime { get; init; }
}
