using OpenStage.Server.Storage;

namespace OpenStage.Server.Devices;

/// <summary>The phones that have called so far.</summary>
public sealed class DeviceDirectory
{
    /// <summary>Most characters of a location.</summary>
    public const int LongestLocation = 100;

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

    /// <summary>Notes where a phone stands.</summary>
    /// <param name="location">At most 100 characters; empty for nowhere in particular.</param>
    /// <exception cref="RequestException">There is no such phone, or the location is too long or not one line of text.</exception>
    public Device Locate(string mac, string location)
    {
        location = location.Trim();
        if (location.Length > LongestLocation || location.Any(char.IsControl))
            throw new RequestException("location", location, $"one line of at most {LongestLocation} characters");
        if (!MacAddress.TryNormalise(mac, out var normal))
            throw new RequestException("mac", mac, "a MAC address such as 00:1A:E8:00:00:01");
        return database.Write(normal, session =>
        {
            var known = session.Device(normal) ?? throw RequestException.NotFound("mac", normal, "the MAC address of a phone that has called");
            var moved = known with { Location = location };
            if (moved != known)
                session.Save(moved);
            return moved;
        });
    }

    /// <summary>The last that is known of a phone's items, passwords in clear.</summary>
    public Task<IReadOnlyList<DeviceItem>> ItemsAsync(string mac) => Task.FromResult<IReadOnlyList<DeviceItem>>(
        MacAddress.TryNormalise(mac, out var normal) ? database.Read(session => session.Items(normal)) : []);

    /// <summary>Changes what is kept of a phone.</summary>
    /// <param name="change">Gets the phone, or null when none of this MAC address has called; what it throws leaves all as it is.</param>
    internal Device Change(string mac, Func<Device?, Device> change) => database.Write(mac, session =>
    {
        var device = change(session.Device(mac));
        session.Save(device);
        return device;
    });
}
