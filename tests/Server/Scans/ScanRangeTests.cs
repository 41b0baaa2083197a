using System.Net;
using NUnit.Framework;
using OpenStage.Server.Scans;

namespace OpenStage.Server.Tests.Scans;

/// <summary>Which addresses a scan goes to, and which it may not.</summary>
public sealed class ScanRangeTests
{
    [TestCase("10.1.2.0/24", 254, "10.1.2.1", "10.1.2.254")]
    [TestCase("10.1.2.8/31", 2, "10.1.2.8", "10.1.2.9")]
    [TestCase("10.1.2.9/32", 1, "10.1.2.9", "10.1.2.9")]
    [TestCase("172.16.0.0/16", 65_534, "172.16.0.1", "172.16.255.254")]
    [TestCase("fd00::1:0/112", 65_536, "fd00::1:0", "fd00::1:ffff")]
    public void A_network_is_all_its_addresses(string network, int count, string first, string last) =>
        AssertRange(ScanRange.Of(Scan() with { Network = network }, null), count, first, last);

    [TestCase("10.1.2.250", "10.1.3.5", 12)]
    [TestCase("192.168.1.1", "192.168.1.1", 1)]
    [TestCase("10.0.0.0", "10.0.255.255", 65_536)]
    [TestCase("fd00::fffe", "fd00::1:1", 4)]
    public void From_and_to_are_included(string from, string to, int count) =>
        AssertRange(ScanRange.Of(Scan() with { From = from, To = to }, null), count, from, to);

    [Test]
    public void Given_networks_take_the_place_of_the_private_ones()
    {
        IPNetwork[] networks = [IPNetwork.Parse("198.51.100.0/25"), IPNetwork.Parse("198.51.100.128/25")];
        AssertRange(ScanRange.Of(Scan() with { From = "198.51.100.100", To = "198.51.100.200" }, networks), 101, "198.51.100.100", "198.51.100.200");
        var refused = Assert.Throws<RequestException>(() => ScanRange.Of(Scan() with { Network = "10.1.2.0/24" }, networks))!;
        Assert.That(refused.Allowed, Is.EqualTo("addresses in 198.51.100.0/25, 198.51.100.128/25"));
    }

    [TestCase(null, null, null, "network", "", "either network, or from and to")]
    [TestCase("10.1.2.1", "10.1.2.9", "10.1.2.0/24", "network", "10.1.2.0/24", "either network, or from and to")]
    [TestCase("10.1.2.1", null, null, "to", "", "an IP address")]
    [TestCase(null, "10.1.2.1", null, "from", "", "an IP address")]
    [TestCase("somewhere", "10.1.2.1", null, "from", "somewhere", "an IP address")]
    [TestCase("10.1.2.9", "10.1.2.1", null, "to", "10.1.2.1", "not before it")]
    [TestCase("10.1.2.9", "fd00::1", null, "to", "fd00::1", "of the same kind")]
    [TestCase("10.0.0.0", "10.1.0.0", null, "to", "10.1.0.0", "at most 65536 addresses")]
    [TestCase(null, null, "10.0.0.0/8", "network", "10.0.0.0/8", "at most 65536 addresses")]
    [TestCase(null, null, "::/0", "network", "::/0", "at most 65536 addresses")]
    [TestCase(null, null, "10.1.2.0", "network", "10.1.2.0", "a network by its first address")]
    [TestCase(null, null, "10.1.2.0/33", "network", "10.1.2.0/33", "a network by its first address")]
    [TestCase("10.255.255.250", "11.0.0.5", null, "to", "11.0.0.0", "10.0.0.0/8")]
    [TestCase("8.8.8.8", "8.8.8.8", null, "to", "8.8.8.8", "192.168.0.0/16")]
    [TestCase("169.254.169.254", "169.254.169.254", null, "to", "169.254.169.254", "127.0.0.0/8")]
    [TestCase(null, null, "2001:db8::/120", "network", "2001:db8::", "fc00::/7")]
    public void What_is_no_range_or_not_allowed_is_refused(string? from, string? to, string? network, string field, string value, string allowed)
    {
        var refused = Assert.Throws<RequestException>(() => ScanRange.Of(Scan() with { From = from, To = to, Network = network }, null))!;
        Assert.That(refused, Has.Property("Field").EqualTo(field).And.Property("Value").EqualTo(value).And.Property("Status").EqualTo(400));
        Assert.That(refused.Allowed, Does.Contain(allowed));
    }

    private static NewScan Scan() => new(null, null, null, null, null);

    private static void AssertRange(ScanRange range, int count, string first, string last)
    {
        Assert.That(range.Count, Is.EqualTo(count));
        Assert.That(range[0], Is.EqualTo(IPAddress.Parse(first)));
        Assert.That(range[count - 1], Is.EqualTo(IPAddress.Parse(last)));
    }
}
