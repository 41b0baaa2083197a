using OpenStage.Server.Devices;

namespace OpenStage.Server.Storage;

/// <summary>What a phone's message made of what is known of its items.</summary>
/// <param name="Items">What the store shall have; null when it is what it has.</param>
/// <param name="Changes">What changed at the phone.</param>
/// <param name="HasOnlyMore">Whatever was known is known still: who told nothing but that before, still does.</param>
internal readonly record struct LearnedItems(byte[]? Items, IReadOnlyList<ItemChange> Changes, bool HasOnlyMore);
