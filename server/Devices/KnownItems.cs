namespace OpenStage.Server.Devices;

/// <summary>The last that is known of a phone's items; they are read and written together.</summary>
/// <param name="Items">In order of their names.</param>
/// <param name="AreAll">The phone has told all its items at some time.</param>
internal sealed record KnownItems(IReadOnlyList<DeviceItem> Items, bool AreAll);
