using System.Globalization;
using System.Net;

namespace OpenStage.Simulator.Fleet;

/// <summary>MAC addresses and loopback addresses that count up from a first one.</summary>
internal sealed class FleetAddresses
{
    public const string MacForm = "six pairs of hex digits such as 00:1A:E8:10:00:00";
    public const string AddressForm = "a loopback address such as 127.60.0.1";
    public const string Room = "as many as there are addresses behind the first one";

    private readonly long mac;
    private readonly int address;

    private FleetAddresses(long mac, int address)
    {
        this.mac = mac;
        this.address = address;
    }

    /// <summary>True when the text is a loopback address of version 4.</summary>
    public static bool IsLoopback(string text) => TryLoopback(text, out _);

    /// <exception cref="ArgumentException">A value is not allowed; the message says what is.</exception>
    public static FleetAddresses From(string firstMac, string firstAddress, int count)
    {
        if (!PhoneOptions.IsMac(firstMac))
            throw PhoneOptions.Refuse("mac", firstMac, MacForm);
        if (!TryLoopback(firstAddress, out var address))
            throw PhoneOptions.Refuse("address", firstAddress, AddressForm);
        var mac = long.Parse(firstMac.Replace(":", "", StringComparison.Ordinal), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (address + count >= 0xFFFFFF || mac + count > 0xFFFFFFFFFFFF)
            throw PhoneOptions.Refuse("count", $"{count}", Room);
        return new FleetAddresses(mac, address);
    }

    /// <param name="number">Number of the phone in the fleet, from 0.</param>
    public string Mac(int number) =>
        string.Join(':', (mac + number).ToString("X12", CultureInfo.InvariantCulture).Chunk(2).Select(pair => new string(pair)));

    public string Address(int number) => new IPAddress([127, (byte)((address + number) >> 16), (byte)((address + number) >> 8), (byte)(address + number)]).ToString();

    private static bool TryLoopback(string text, out int number)
    {
        number = 0;
        if (!IPAddress.TryParse(text, out var address) || address.GetAddressBytes() is not [127, var high, var middle, var low])
            return false;
        number = (high << 16) + (middle << 8) + low;
        return true;
    }
}
