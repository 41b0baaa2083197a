using System.Diagnostics;
using OpenStage.Benchmarks.Figures;
using OpenStage.Harness.Clock;
using OpenStage.Simulator;

namespace OpenStage.Benchmarks.Costs;

/// <summary>What emulated phones cost: memory of each beyond its model, and processor time until many have booted.</summary>
internal static class PhoneBench
{
    private const int Phones = 1000;

    public static async Task<IReadOnlyList<Figure>> RunAsync(BenchRun run)
    {
        var clock = new ManualClock();
        using var service = new CleanUpService();
        var server = new Uri(service.Url, PhoneOptions.DefaultPath);
        // The first thousand pay for what is shared: model, item catalogue, runtime, buffers of TLS.
        List<SimulatedPhone> phones = [];
        await AddAsync(phones, server, clock, run.Cancellation);
        await StartUpAsync(phones, clock, run.Cancellation);
        List<double> idle = [], booted = [], cpu = [], elapsed = [];
        for (var round = 0; round < run.Options.Rounds; round++)
        {
            var before = Heap();
            await AddAsync(phones, server, clock, run.Cancellation);
            idle.Add((Heap() - before) / (double)Phones);
            var (begun, busy) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await StartUpAsync(phones, clock, run.Cancellation);
            elapsed.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds / Phones);
            cpu.Add((Environment.CpuUsage.TotalTime - busy).TotalMilliseconds / Phones);
            booted.Add((Heap() - before) / (double)Phones);
        }

        foreach (var phone in phones)
            await phone.DisposeAsync();
        return
        [
            new Figure("phones.idle-memory", "B", Better.Lower, Spread.Of(idle)) { Note = "before its first message" },
            new Figure("phones.booted-memory", "B", Better.Lower, Spread.Of(booted)) { Note = "after start-up over TLS" },
            new Figure("phones.boot-cpu", "ms", Better.Lower, Spread.Of(cpu)) { Note = "phone and service together, in this process" },
            new Figure("phones.boot-time", "ms", Better.Lower, Spread.Of(elapsed)),
        ];
    }

    private static async Task AddAsync(List<SimulatedPhone> phones, Uri server, TimeProvider time, CancellationToken cancellation)
    {
        var first = phones.Count;
        for (var number = first; number < first + Phones; number++)
            phones.Add(await StartAsync(number, server, time));
        foreach (var phone in phones.Skip(first))
            await phone.WhenIdleAsync(cancellation);
    }

    private static async Task StartUpAsync(List<SimulatedPhone> phones, ManualClock clock, CancellationToken cancellation)
    {
        clock.Advance(TimeSpan.FromSeconds(20));
        foreach (var phone in phones)
            await phone.WhenIdleAsync(cancellation);
    }

    private static long Heap() => GC.GetTotalMemory(forceFullCollection: true);

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
