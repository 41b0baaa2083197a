using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Phones;

/// <summary>One row of <see cref="PhoneFieldTable"/>.</summary>
/// <param name="Name">Name of the field in the phone object.</param>
/// <param name="IsAt">Whether phones of a model have it.</param>
/// <param name="Items">The items that its value becomes; none when it has no value.</param>
internal sealed record PhoneField(string Name, Func<ModelProfile, bool> IsAt, Func<PhoneSettings, IEnumerable<Item>> Items)
{
    /// <summary>The values that a model has to choose from; null when the field is not chosen from a list.</summary>
    public Func<ModelProfile, IReadOnlyList<ProfileValue>>? Values { get; init; }
}
