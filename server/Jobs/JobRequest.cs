using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Jobs;

/// <summary>What is asked for when a job is created.</summary>
public sealed record JobRequest
{
    /// <summary>MAC address of the phone, with colons, dashes or neither.</summary>
    public required string Mac { get; init; }

    public required JobKind Kind { get; init; }

    /// <summary>Items to read or write, or the two of a factory reset (WPI guide p.51).</summary>
    public IReadOnlyList<Item> Items { get; init; } = [];

    /// <summary>-100 to 100; of two jobs of one phone the higher is done first.</summary>
    public int Priority { get; init; }

    public long? Campaign { get; init; }

    /// <summary>Who asks for it; empty for the server itself.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>Not to be started before; null means at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>How long the job may take before it expires, at most 365 days; null means the server's default, 7 days.</summary>
    public TimeSpan? Lifetime { get; init; }
}
