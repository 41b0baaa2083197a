namespace OpenStage.Server.Devices;

/// <summary>The last that is known of one item of a phone.</summary>
/// <param name="Status">Empty, or the phone's status text such as <c>not supported</c> (WPI guide p.26).</param>
/// <param name="At">When the phone said so.</param>
public sealed record DeviceItem(string Name, int? Index, string Value, string Status, DateTimeOffset At);
