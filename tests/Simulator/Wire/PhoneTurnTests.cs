using System.Security.Cryptography.X509Certificates;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Tests.Wire;

/// <summary>A phone that has booted, and waits for its turn to connect while others have all places.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PhoneTurnTests : IDisposable
{
    private readonly ManualClock clock = new();
    private readonly SemaphoreSlim places = new(0);
    private X509Certificate2 certificate = null!;
    private RecordingService service = null!;
    private SimulatedPhone phone = null!;

    [SetUp]
    public async Task BootAsync()
    {
        certificate = TestCertificates.SelfSigned("CN=turns");
        service = await RecordingService.StartAsync(certificate);
        phone = new SimulatedPhone(
            new PhoneOptions { Server = service.Url, Model = "OpenStage 40", Mac = "00:1A:E8:00:00:01", Address = "127.0.0.1", ContactMePort = 0 },
            new PhoneSurroundings { Time = clock, Places = places });
        await phone.PowerOnAsync();
        clock.Advance(Phone.BootTime);
    }

    [TearDown]
    public async Task EndAsync()
    {
        await phone.DisposeAsync();
        await service.DisposeAsync();
    }

    public void Dispose()
    {
        places.Dispose();
        certificate.Dispose();
    }

    [Test]
    public async Task It_writes_its_message_when_its_turn_has_come()
    {
        var waiting = await phone.GetStateAsync();
        Assert.That((waiting.Booting, waiting.InInteraction, service.Requests.Count), Is.EqualTo((true, false, 0)));

        places.Release();
        await phone.WhenIdleAsync(CancellationToken.None);

        var rested = await phone.GetStateAsync();
        Assert.That((rested.Booting, rested.InInteraction, service.Requests.Count), Is.EqualTo((false, false, 1)));
        Assert.That(places.CurrentCount, Is.EqualTo(1), "the place is for the next phone");
    }

    [Test]
    public async Task Without_power_when_its_turn_comes_it_leaves_the_place_to_others()
    {
        await phone.PowerOffAsync();
        places.Release();
        await phone.WhenIdleAsync(CancellationToken.None);
        Assert.That((places.CurrentCount, service.Requests.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task With_its_power_gone_and_back_it_boots_once_more_before_it_says_anything()
    {
        await phone.PowerOffAsync();
        await phone.PowerOnAsync();
        places.Release();
        await phone.WhenIdleAsync(CancellationToken.None);
        Assert.That((places.CurrentCount, service.Requests.Count, (await phone.GetStateAsync()).Booting), Is.EqualTo((1, 0, true)));

        clock.Advance(Phone.BootTime);
        await phone.WhenIdleAsync(CancellationToken.None);
        Assert.That((places.CurrentCount, service.Requests.Count, (await phone.GetStateAsync()).Booting), Is.EqualTo((1, 1, false)));
    }

    [Test]
    public async Task Taken_away_it_stops_waiting()
    {
        var idle = phone.WhenIdleAsync(CancellationToken.None);
        await phone.DisposeAsync();
        await idle;
        places.Release();
        Assert.That((places.CurrentCount, service.Requests.Count), Is.EqualTo((1, 0)));
    }
}
