using System.Net;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Start;

/// <summary>Options of polls, networks, limits and signatures that make no sense.</summary>
public sealed class ReachOptionsTests
{
    private static readonly ServerOptions Default = new() { PhonePort = 18443, AdminPort = 8080 };

    private static readonly object[] Refused =
    [
        new object[] { Default with { PollPort = -1 }, "PollPort '-1': allowed is 0 to 65535." },
        new object[] { Default with { PollPort = 65536 }, "PollPort '65536': allowed is 0 to 65535." },
        new object[] { Default with { PollPort = 18443 }, "PollPort '18443': allowed is another port than PhonePort." },
        new object[] { Default with { PollPort = 8080 }, "PollPort '8080': allowed is another port than AdminPort." },
        new object[] { Default with { ContactNetworks = [] }, "ContactNetworks 'none': allowed is at least one network, or null." },
        new object[] { Default with { MaxInteractions = 0 }, "MaxInteractions '0': allowed is 1 to 100000." },
        new object[] { Default with { MaxInteractions = 100_001 }, "MaxInteractions '100001': allowed is 1 to 100000." },
        new object[] { Default with { MaxConnections = 0 }, "MaxConnections '0': allowed is 1 to 1000000." },
        new object[] { Default with { MaxConnections = 1_000_001 }, "MaxConnections '1000001': allowed is 1 to 1000000." },
        new object[] { Default with { HeadTimeout = TimeSpan.Zero }, "HeadTimeout '0 s': allowed is 1 s to 300 s." },
        new object[] { Default with { BodyGrace = TimeSpan.FromSeconds(1) }, "BodyGrace '1 s': allowed is 1.5 s to 300 s." },
        new object[] { Default with { MinBodyRate = 0 }, "MinBodyRate '0': allowed is 1 to 1000000." },
        new object[] { Default with { SignAnswers = true, MaxMessageBytes = 8191 }, "MaxMessageBytes '8191': allowed is 8192 to 1048576." },
    ];

    [TestCaseSource(nameof(Refused))]
    public void An_option_out_of_its_range_is_refused_with_key_value_and_range(ServerOptions options, string message) =>
        Assert.That(() => ServerOptionsCheck.Check(options), Throws.InstanceOf<ArgumentException>().With.Message.StartsWith(message));

    private static readonly ServerOptions[] Allowed =
    [
        Default, Default with { PollPort = 0 }, Default with { PollPort = 8081, MaxInteractions = 1, MaxConnections = 1 },
        Default with { PollPort = 8080, ListenAddress = IPAddress.Parse("10.1.2.9") },
        Default with { ContactNetworks = [IPNetwork.Parse("0.0.0.0/0")], SignAnswers = true, MaxMessageBytes = 8192 },
    ];

    [TestCaseSource(nameof(Allowed))]
    public void An_option_within_its_range_is_taken(ServerOptions options) =>
        Assert.That(() => ServerOptionsCheck.Check(options), Throws.Nothing);
}
