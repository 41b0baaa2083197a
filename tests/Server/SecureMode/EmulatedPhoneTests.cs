using System.Net;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Server.Jobs;
using OpenStage.Server.SecureMode;
using OpenStage.Simulator;

namespace OpenStage.Server.Tests.SecureMode;

/// <summary>The emulated phone and the real server on the way to Secure Mode (WPI guide p.62-68).</summary>
public sealed class EmulatedPhoneTests
{
    // The phone checks certificates by the clock of the system, as TLS libraries do.
    private readonly ManualClock clock = new(TimeProvider.System.GetUtcNow());
    private TemporaryFolder folder = null!;
    private ProvisioningServer server = null!;
    private SimulatedPhone phone = null!;

    [SetUp]
    public async Task Start()
    {
        folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "server.pfx"), RunningServer.Certificate.Value);
        server = await ProvisioningServer.StartAsync(
            new ServerOptions { DataFolder = folder.Path, PhonePort = 0, SecurePort = 0, AdminPort = 0 }, clock, null, [], CancellationToken.None);
        phone = await SimulatedPhone.StartAsync(
            new PhoneOptions { Server = server.PhoneUrl, Model = "OpenStage 40", Mac = PhoneTalk.Mac, Address = "127.0.0.1", ContactMePort = 0 }, clock, null, null);
        await PassAsync(60);
        Assert.That(server.Devices.Get(PhoneTalk.Mac)!.ItemsRead, Is.Not.Null);
    }

    [TearDown]
    public async Task End()
    {
        await phone.DisposeAsync();
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Test]
    public async Task Without_PIN_it_comes_to_the_secure_port_by_itself_and_does_its_jobs_there()
    {
        var begun = await server.SecureMode.BeginAsync(PhoneTalk.Mac, new NewSecureMode { Pin = false });
        await PassAsync(900);
        Assert.That(server.Jobs.Get(begun.Job.Id)!.State, Is.EqualTo(JobState.Succeeded));
        Assert.That(server.Devices.Get(PhoneTalk.Mac)!.SecureMode!.Thumbprint, Is.EqualTo(begun.Certificate.Thumbprint));
        await AssertSecuredAsync();
    }

    [Test]
    public async Task With_PIN_it_comes_once_the_PIN_is_entered()
    {
        var begun = await server.SecureMode.BeginAsync(PhoneTalk.Mac, new NewSecureMode { Pin = true });
        await PassAsync(900);
        Assert.That((await phone.GetStateAsync()).PinWanted, Is.True);
        Assert.That(server.Jobs.Get(begun.Job.Id)!.State, Is.EqualTo(JobState.WaitingForStartUp));
        await phone.EnterPinAsync("000000000000");
        await PassAsync(60);
        Assert.That(server.Devices.Get(PhoneTalk.Mac)!.SecureMode, Is.Null);
        await phone.EnterPinAsync(begun.Pin!);
        await PassAsync(60);
        Assert.That(server.Jobs.Get(begun.Job.Id)!.State, Is.EqualTo(JobState.Succeeded));
        await AssertSecuredAsync();
    }

    [Test]
    public async Task A_PIN_entered_wrongly_too_often_ends_the_way()
    {
        var begun = await server.SecureMode.BeginAsync(PhoneTalk.Mac, new NewSecureMode { Pin = true, MaxPinRetries = 2 });
        await PassAsync(900);
        await phone.EnterPinAsync("000000000000");
        await phone.EnterPinAsync("000000000001");
        await PassAsync(60);
        Assert.That(server.Jobs.Get(begun.Job.Id)!, Has.Property("State").EqualTo(JobState.Failed));
        Assert.That((await phone.GetStateAsync()).SecureMode, Is.False);
    }

    private async Task AssertSecuredAsync()
    {
        Assert.That((await phone.GetStateAsync()).SecureMode, Is.True);
        var job = await server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.WriteItems, Items = [new("sntp-addr", "ntp.example.net")] });
        await PassAsync(900);
        Assert.That(server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Succeeded));
        Assert.That((await phone.GetItemsAsync()).Single(item => item.Name == "sntp-addr").Value, Is.EqualTo("ntp.example.net"));
        var ports = server.Recent.Of(PhoneTalk.Mac).Where(entry => entry.Kind == "Message").Select(entry => entry.Server).TakeLast(3);
        Assert.That(ports, Is.All.EqualTo(new IPEndPoint(IPAddress.Loopback, server.SecureUrl!.Port).ToString()));
        Assert.That(server.Observations.All, Is.Empty);
    }

    private async Task PassAsync(int seconds)
    {
        for (; seconds > 0; seconds -= 10)
        {
            await SettleAsync();
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        await SettleAsync();
    }

    /// <summary>What one of the two does may give the other something to do.</summary>
    private async Task SettleAsync()
    {
        await phone.WhenIdleAsync(RunningServer.Patience());
        await server.WhenIdleAsync(RunningServer.Patience());
        await phone.WhenIdleAsync(RunningServer.Patience());
        await server.WhenIdleAsync(RunningServer.Patience());
    }
}
