namespace OpenStage.Server.Devices;

/// <summary>How a phone shall poll (WPI guide p.24); told to it at every start-up, for it need not survive a restart.</summary>
/// <param name="Url">Item <c>dcmp-url</c>: the part before <c>contact-me?device-id=</c>.</param>
/// <param name="IntervalSeconds">Item <c>dcmp-interval</c>, 10 to 86400.</param>
public sealed record DevicePolling(string Url, int IntervalSeconds);
