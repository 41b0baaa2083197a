using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OpenStage.Server.ContactMe;

namespace OpenStage.Server.Scans;

/// <summary>The addresses of a scan, one after the other.</summary>
internal sealed record ScanRange
{
    private const int MostAddresses = 65_536;

    /// <summary>Where a server that was given no networks may scan: private (RFC 1918, RFC 4193) and loopback.</summary>
    private static readonly IReadOnlyList<IPNetwork> PrivateNetworks =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("::1/128"),
    ];

    private readonly UInt128 first;
    private readonly AddressFamily family;

    private ScanRange(AddressFamily family, UInt128 first, int count)
    {
        this.family = family;
        this.first = first;
        Count = count;
    }

    /// <summary>Number of addresses, 1 to 65,536.</summary>
    public int Count { get; }

    public IPAddress this[int index] => Address(first + (UInt128)index, family);

    /// <exception cref="RequestException">What is asked for is no range, too large, or not allowed.</exception>
    public static ScanRange Of(NewScan asked, IReadOnlyList<IPNetwork>? networks)
    {
        var network = asked.Network;
        if (network is null ? asked.From is null && asked.To is null : asked.From is not null || asked.To is not null)
            throw new RequestException("network", network ?? "", "either network, or from and to");
        var (family, first, last, field, value) = network is not null ? OfNetwork(network) : OfEnds(asked);
        if (last - first >= MostAddresses)
            throw new RequestException(field, value, string.Create(CultureInfo.InvariantCulture, $"at most {MostAddresses} addresses"));
        var range = new ScanRange(family, first, (int)(last - first) + 1);
        var allowed = networks ?? PrivateNetworks;
        for (var index = 0; index < range.Count; index++)
        {
            var address = range[index];
            if (!allowed.Any(known => known.Contains(address)))
                throw new RequestException(field, address.ToString(), $"addresses in {string.Join(", ", allowed)}");
        }

        return range;
    }

    private static (AddressFamily Family, UInt128 First, UInt128 Last, string Field, string Value) OfEnds(NewScan asked)
    {
        var from = Parse("from", asked.From);
        var to = Parse("to", asked.To);
        if (from.AddressFamily != to.AddressFamily || Number(to) < Number(from))
            throw new RequestException("to", asked.To!, "an address of the same kind as from, and not before it");
        return (from.AddressFamily, Number(from), Number(to), "to", asked.To!);
    }

    private static (AddressFamily Family, UInt128 First, UInt128 Last, string Field, string Value) OfNetwork(string text)
    {
        if (!IPNetwork.TryParse(text.Trim(), out var network))
            throw new RequestException("network", text, "a network by its first address and the length of its prefix, such as 10.1.2.0/24");
        var bits = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var first = Number(network.BaseAddress);
        var last = first | (network.PrefixLength == 0 ? UInt128.MaxValue >> (128 - bits) : (UInt128.One << (bits - network.PrefixLength)) - 1);
        var hasBroadcast = bits == 32 && network.PrefixLength < 31;
        return (network.BaseAddress.AddressFamily, hasBroadcast ? first + 1 : first, hasBroadcast ? last - 1 : last, "network", text);
    }

    private static IPAddress Parse(string field, string? text) => IPAddress.TryParse(text?.Trim(), out var address)
        ? ContactAddress.Plain(address)
        : throw new RequestException(field, text ?? "", "an IP address such as 10.1.2.1");

    private static UInt128 Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var length = address.AddressFamily == AddressFamily.InterNetwork ? 4 : 16;
        address.TryWriteBytes(bytes[(16 - length)..], out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static IPAddress Address(UInt128 number, AddressFamily family)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(family == AddressFamily.InterNetwork ? bytes[12..] : bytes);
    }
}
