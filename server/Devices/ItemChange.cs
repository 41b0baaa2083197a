namespace OpenStage.Server.Devices;

/// <summary>A change of one item of a phone, as the server learnt of it.</summary>
/// <param name="Before">The value before, or null when the item was not there.</param>
/// <param name="After">The value after, or null when the item is gone.</param>
public sealed record ItemChange(DateTimeOffset At, string Name, int? Index, string? Before, string? After);
