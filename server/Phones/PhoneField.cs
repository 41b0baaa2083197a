using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Phones;

/// <summary>One row of <see cref="PhoneFieldTable"/>.</summary>
/// <param name="Name">Name of the field in the phone object.</param>
/// <param name="IsAt">Whether phones of a model have it.</param>
/// <param name="Items">The items that its value becomes; none when it has no value.</param>
internal sealed record PhoneField(string Name, Func<ModelProfile, bool> IsAt, Func<PhoneSettings, IEnumerable<Item>> Items);
