using System.Diagnostics;
using System.Globalization;
using OpenStage.Harness.Clock;
using OpenStage.Simulator;

namespace OpenStage.Benchmarks;

/// <summary>What emulated phones cost: time until many have booted, and memory of an idle one beyond its model.</summary>
internal static class PhoneCosts
{
    private const int Phones = 1000;

    public static async Task<int> PrintAsync()
    {
        var clock = new ManualClock();
        using var service = new CleanUpService();
        var server = new Uri(service.Url, PhoneOptions.DefaultPath);
        // The first thousand pay for what is shared: model, item catalogue, runtime, buffers of TLS.
        var warm = await BatchAsync(0, server, clock);
        await StartUpAsync(warm, clock);

        var before = Heap();
        var begun = Stopwatch.GetTimestamp();
        var phones = await BatchAsync(Phones, server, clock);
        Print($"{Phones} phones before their first message: {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.000} s, {(Heap() - before) / Phones} bytes a phone");

        begun = Stopwatch.GetTimestamp();
        await StartUpAsync(phones, clock);
        Print($"{Phones} phones after start-up over TLS:    {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.000} s, {(Heap() - before) / Phones} bytes a phone");
        foreach (var phone in warm.Concat(phones))
            await phone.DisposeAsync();
        return 0;
    }

    private static async Task<IReadOnlyList<SimulatedPhone>> BatchAsync(int first, Uri server, TimeProvider time)
    {
        var phones = new List<SimulatedPhone>(Phones);
        for (var number = first; number < first + Phones; number++)
            phones.Add(await StartAsync(number, server, time));
        foreach (var phone in phones)
            await phone.WhenIdleAsync(CancellationToken.None);
        return phones;
    }

    private static async Task StartUpAsync(IReadOnlyList<SimulatedPhone> phones, ManualClock clock)
    {
        clock.Advance(TimeSpan.FromSeconds(20));
        foreach (var phone in phones)
            await phone.WhenIdleAsync(CancellationToken.None);
    }

    private static long Heap() => GC.GetTotalMemory(forceFullCollection: true);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static Task<SimulatedPhone> StartAsync(int number, Uri server, TimeProvider time) => SimulatedPhone.StartAsync(
        new PhoneOptions
        {
            Server = server,
            Model = "OpenStage 40",
            Mac = $"00:1A:E8:00:{number / 256:X2}:{number % 256:X2}",
            Address = $"127.50.{number / 250}.{(number % 250) + 1}",
        },
        time, null, null);
}
