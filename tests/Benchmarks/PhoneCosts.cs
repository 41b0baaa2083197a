using System.Diagnostics;
using System.Globalization;
using OpenStage.Harness.Clock;
using OpenStage.Simulator;

namespace OpenStage.Benchmarks;

/// <summary>What emulated phones cost: memory of an idle one beyond its model, and time until many have booted.</summary>
internal static class PhoneCosts
{
    private const int Phones = 1000;

    /// <summary>Nobody is there; the phones are measured before they call.</summary>
    private static readonly Uri Server = new("https://127.0.0.1:18443" + PhoneOptions.DefaultPath);

    public static async Task<int> PrintAsync()
    {
        var clock = new ManualClock();
        // The first phone pays for the model, the item catalogue and the runtime.
        await using var first = await StartAsync(0, clock);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var phones = new List<SimulatedPhone>(Phones);
        var begun = Stopwatch.GetTimestamp();
        for (var number = 1; number <= Phones; number++)
            phones.Add(await StartAsync(number, clock));
        foreach (var phone in phones)
            await phone.WhenIdleAsync(CancellationToken.None);
        var booted = Stopwatch.GetElapsedTime(begun);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Phones;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Phones} phones before their first message: {booted.TotalSeconds:0.000} s, {bytes} bytes a phone on the managed heap"));
        foreach (var phone in phones)
            await phone.DisposeAsync();
        return 0;
    }

    private static Task<SimulatedPhone> StartAsync(int number, TimeProvider time) => SimulatedPhone.StartAsync(
        new PhoneOptions
        {
            Server = Server,
            Model = "OpenStage 40",
            Mac = $"00:1A:E8:00:{number / 256:X2}:{number % 256:X2}",
            Address = $"127.50.{number / 250}.{(number % 250) + 1}",
        },
        time, null, null);
}
