using OpenStage.Harness.Clock;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Time;
using OpenStage.Simulator;

namespace OpenStage.Harness.Tests.Sessions;

/// <summary>A phone that has started long ago and whose own service is not there; a lab knows it by its lab file only.</summary>
internal sealed class ForeignPhone : IAsyncDisposable
{
    private readonly ManualClock clock;

    private ForeignPhone(SimulatedPhone phone, ManualClock clock)
    {
        Phone = phone;
        this.clock = clock;
    }

    public SimulatedPhone Phone { get; }

    public static async Task<ForeignPhone> StartAsync(string address, string mac, string model = "OpenStage 40", string firmware = "V3 R3.24.0")
    {
        var clock = new ManualClock();
        var phone = await SimulatedPhone.StartAsync(
            new PhoneOptions { Server = new Uri("https://127.0.0.1:1"), Model = model, Firmware = firmware, Mac = mac, Address = address },
            clock, null, null);
        // Boot and all tries to reach its service.
        await new VirtualLabTime(clock, phone.WhenIdleAsync).PassAsync(TimeSpan.FromMinutes(3));
        return new ForeignPhone(phone, clock);
    }

    /// <summary>What is around a lab with this phone: a clock that both share.</summary>
    public LabWorld World(string lockFolder) => new()
    {
        Clock = clock,
        WhenIdle = [Phone.WhenIdleAsync],
        People = new ConsolePrompts(TextReader.Null, TextWriter.Null),
        LockFolder = lockFolder,
    };

    public ValueTask DisposeAsync() => Phone.DisposeAsync();
}
