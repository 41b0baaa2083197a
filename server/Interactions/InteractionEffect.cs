using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;
using OpenStage.Server.Mobility;

namespace OpenStage.Server.Interactions;

/// <summary>Something that the shell around the machine must store or tell.</summary>
internal abstract record InteractionEffect
{
    private InteractionEffect()
    {
    }

    public sealed record JobChanged(Job Job) : InteractionEffect;

    public sealed record DeviceChanged(Device Device) : InteractionEffect;

    /// <param name="Items">Items the phone told about, or took.</param>
    /// <param name="All">True when this is everything the phone has but certificates (WPI guide p.30).</param>
    /// <param name="Hash">Hash of the message that told these and no others; empty when there is no such message.</param>
    public sealed record ItemsLearned(IReadOnlyList<Item> Items, bool All, string Hash = "") : InteractionEffect;

    public sealed record MobileUserChanged(MobileUser User) : InteractionEffect;

    public sealed record Observed(Observation Observation) : InteractionEffect;
}
