using OpenStage.Server.Storage;

namespace OpenStage.Server.Devices;

/// <summary>The phones that have called so far.</summary>
public sealed class DeviceDirectory
{
    private readonly Database database;

    internal DeviceDirectory(Database database) => this.database = database;

    /// <summary>A phone, or null when none of this MAC address has called.</summary>
    public Device? Get(string mac) =>
        MacAddress.TryNormalise(mac, out var normal) ? database.Read(session => session.Device(normal)) : null;

    /// <summary>All phones in order of their MAC addresses.</summary>
    public IReadOnlyList<Device> List() => database.Read(session => session.Devices(new DeviceFilter()));

    /// <summary>Keeps what an administrator says of a phone.</summary>
    internal void Save(Device device) => database.Write(device.Mac, session =>
    {
        session.Save(device);
        return true;
    });

    /// <summary>The last that is known of a phone's items, passwords in clear.</summary>
    public Task<IReadOnlyList<DeviceItem>> ItemsAsync(string mac) => Task.FromResult<IReadOnlyList<DeviceItem>>(
        MacAddress.TryNormalise(mac, out var normal) ? database.Read(session => session.Items(normal)) : []);
}
