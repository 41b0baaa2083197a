namespace OpenStage.Simulator;

/// <summary>A file on an emulated phone.</summary>
/// <param name="Type">Such as LOGO or RINGTONE (WPI guide p.245).</param>
public sealed record StoredFileState(string Name, string Type, long Bytes, DateTimeOffset Stored);
