using System.Net;
using System.Net.Sockets;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.ContactMe;
using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.ContactMe;

/// <summary>A phone must not make the server call elsewhere: contact-me-uri is followed to allowed addresses only.</summary>
public sealed class ContactNetworkTests
{
    private static readonly JobRequest Read = new() { Mac = PhoneTalk.Mac, Kind = JobKind.ReadItems, Items = [new Item("e164")] };
    private static readonly ServerOptions Own = new();
    private static readonly ServerOptions Foreign = new() { AllowForeignContactAddress = true };
    private static readonly ServerOptions Networks = new() { ContactNetworks = [IPNetwork.Parse("10.1.0.0/16"), IPNetwork.Parse("fd00::/8")] };
    private static readonly ServerOptions Both = Networks with { AllowForeignContactAddress = true };

    private static readonly object[] Targets =
    [
        new object?[] { Own, "10.1.2.3", "http://10.1.2.3:8085/c", "10.1.2.3" },
        new object?[] { Own, "10.1.2.3", "", "10.1.2.3" },
        new object?[] { Own, "::ffff:10.1.2.3", "https://10.1.2.3/c", "10.1.2.3" },
        new object?[] { Own, "fd00::3", "http://[fd00::3]:8085/c", "fd00::3" },
        new object?[] { Own, "10.1.2.3", "http://10.1.2.4:8085/c", null },
        new object?[] { Own, "10.1.2.3", "http://phone.example.net/c", null },
        new object?[] { Foreign, "10.1.2.3", "http://8.8.8.8/c", "8.8.8.8" },
        new object?[] { Foreign, "10.1.2.3", "http://outside.example.net/c", "203.0.113.5" },
        new object?[] { Networks, "192.168.1.1", "http://10.1.2.4:8085/c", "10.1.2.4" },
        new object?[] { Networks, "192.168.1.1", "http://[::ffff:10.1.2.4]/c", "10.1.2.4" },
        new object?[] { Networks, "192.168.1.1", "http://phone.example.net/c", "10.1.9.9" },
        new object?[] { Networks, "192.168.1.1", "http://both.example.net/c", "10.1.9.9" },
        new object?[] { Networks, "fd00::3", "", "fd00::3" },
        new object?[] { Networks, "192.168.1.1", "http://192.168.1.1:8085/c", null },
        new object?[] { Networks, "192.168.1.1", "", null },
        new object?[] { Networks, "10.1.2.3", "http://127.0.0.1/c", null },
        new object?[] { Networks, "10.1.2.3", "http://169.254.169.254/c", null },
        new object?[] { Networks, "10.1.2.3", "http://2130706433/c", null },
        new object?[] { Networks, "10.1.2.3", "http://0x7f.1/c", null },
        new object?[] { Networks, "10.1.2.3", "http://outside.example.net/c", null },
        new object?[] { Networks, "10.1.2.3", "http://nowhere.example.net/c", null },
        new object?[] { Networks, "10.1.2.3", "ftp://10.1.2.3/c", null },
        new object?[] { Networks, "10.1.2.3", "http://user:word@10.1.2.3/c", null },
        new object?[] { Both, "10.1.2.3", "http://8.8.8.8/c", null },
    ];

    [TestCaseSource(nameof(Targets))]
    public async Task A_target_is_an_allowed_address_or_none(ServerOptions options, string caller, string uri, string? expected)
    {
        var device = new Device { Mac = PhoneTalk.Mac, Address = caller, ContactMeUri = uri };
        var (target, error) = await new ContactAddress(options, ResolveAsync).FindAsync(device, CancellationToken.None);
        Assert.That(target?.Address.ToString(), Is.EqualTo(expected));
        Assert.That(error, expected is null ? Is.Not.Empty : Is.Empty);
    }

    [Test]
    public async Task A_name_is_not_even_resolved_when_only_the_phone_itself_may_be_called()
    {
        var resolved = false;
        var addresses = new ContactAddress(Own, (_, _) =>
        {
            resolved = true;
            return Task.FromResult(new[] { IPAddress.Loopback });
        });
        var (target, error) = await addresses.FindAsync(
            new Device { Mac = PhoneTalk.Mac, Address = "127.0.0.1", ContactMeUri = "http://spy.example.net/c" }, CancellationToken.None);
        Assert.That(target, Is.Null);
        Assert.That(error, Does.Contain("spy.example.net").And.Contain("127.0.0.1"));
        Assert.That(resolved, Is.False);
    }

    [TestCase("127.0.0.0/8", true)]
    [TestCase("10.0.0.0/8", false)]
    public async Task A_host_name_is_called_when_what_it_resolves_to_is_allowed(string network, bool isCalled)
    {
        await using var lab = await RunningServer.StartAsync(options => options with { ContactNetworks = [IPNetwork.Parse(network)] });
        using var listener = new ContactListener();
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) };
        await phone.RegisterAsync();
        await lab.Server.Jobs.CreateAsync(Read);
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        Assert.That(listener.Waiting, Is.EqualTo(isCalled ? 1 : 0));
        if (isCalled)
            Assert.That(await listener.NextAsync(), Does.Contain("\r\nHost: localhost:"));
        else
            Assert.That(lab.Server.Observations.All.Single().Observation, Has.Property("Code").EqualTo("contact-me-uri").And.Property("Actual").Contains("10.0.0.0/8"));
    }

    [Test]
    public async Task Another_address_than_the_phone_called_from_is_called_when_its_network_is_allowed()
    {
        await using var lab = await RunningServer.StartAsync(options => options with { ContactNetworks = [IPNetwork.Parse("127.0.0.2/32")] });
        using var listener = new ContactListener("127.0.0.2");
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await phone.RegisterAsync();
        await lab.Server.Jobs.CreateAsync(Read);
        await listener.NextAsync();
    }

    [Test]
    public async Task A_redirection_is_not_followed()
    {
        await using var lab = await RunningServer.StartAsync();
        using var elsewhere = new ContactListener();
        using var listener = new ContactListener { Answer = $"HTTP/1.1 307 Temporary Redirect\r\nLocation: {elsewhere.Uri}\r\nContent-Length: 0\r\n\r\n" };
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await phone.RegisterAsync();
        var job = await lab.Server.Jobs.CreateAsync(Read);
        await lab.Server.WhenIdleAsync(RunningServer.Patience());
        Assert.That(listener.Waiting, Is.EqualTo(1));
        Assert.That(elsewhere.Waiting, Is.Zero);
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Pending));
        Assert.That(lab.Server.Observations.All.Single().Observation.Actual, Is.EqualTo("status 307"));
    }

    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) => host switch
    {
        "phone.example.net" => Task.FromResult(new[] { IPAddress.Parse("10.1.9.9") }),
        "outside.example.net" => Task.FromResult(new[] { IPAddress.Parse("203.0.113.5") }),
        "both.example.net" => Task.FromResult(new[] { IPAddress.Parse("203.0.113.5"), IPAddress.Parse("::ffff:10.1.9.9") }),
        _ => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound)),
    };
}
