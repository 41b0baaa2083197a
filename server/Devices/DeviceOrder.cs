namespace OpenStage.Server.Devices;

/// <summary>What phones are ordered by; phones that are equal in it, by their MAC addresses.</summary>
public enum DeviceOrder
{
    Mac,
    Model,
    Firmware,
    Location,
    LastSeen,
}
