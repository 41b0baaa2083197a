using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OpenStage.Benchmarks.Figures;
using OpenStage.Benchmarks.Processes;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Benchmarks.Costs;

/// <summary>Rendering the reports of a large run, beside writing the same results as JSON alone.</summary>
internal static class ReportBench
{
    private const int Phones = 200;
    private const int Cases = 150;

    public static Task<IReadOnlyList<Figure>> RunAsync(BenchRun run)
    {
        using var folder = new TemporaryFolder();
        var report = Report(run.Options.Seed);
        List<double> times = [];
        List<double> floors = [];
        for (var round = 0; round <= run.Options.Rounds; round++)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            var floor = Time(() => File.WriteAllBytes(Path.Combine(folder.Path, "bare.json"), JsonSerializer.SerializeToUtf8Bytes(report)));
            var time = Time(() => ReportWriter.Write(report, Path.Combine(folder.Path, "report")));
            // The first round warms up.
            if (round == 0)
                continue;
            times.Add(time);
            floors.Add(floor);
        }

        return Task.FromResult<IReadOnlyList<Figure>>(
        [
            new Figure("report.200-by-150", "ms", Better.Lower, Spread.Of(times)) { FloorName = "the same results written as JSON once", Floor = Spread.Of(floors) },
        ]);
    }

    private static double Time(Action work)
    {
        var begun = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static RunReport Report(int seed)
    {
        var random = new Random(seed);
        return new RunReport
        {
            RunId = "bench",
            StartedAt = new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero),
            DurationSeconds = 600,
            Seed = seed,
            LabFile = "bench.json",
            Complete = true,
            PlannedResults = Phones * Cases,
            Phones = [.. Enumerable.Range(1, Phones).Select(number => new PhoneEntry
            {
                Id = Text($"os{number}"), Mac = Text($"00:1A:E8:00:{number / 256:X2}:{number % 256:X2}"), Model = "OpenStage 40", Firmware = "V3 R3.24.0",
                Address = Text($"127.20.{number / 200}.{(number % 200) + 1}"), Kind = "emulated",
            })],
            Cases = [.. Enumerable.Range(1, Cases).Select(number => new CaseEntry
            {
                Id = Text($"wpi/3.{number / 10}/{number % 10}"), Section = Text($"3.{number / 10}"), Page = 20 + (number / 3), Title = Text($"A phone does thing {number}"),
                Level = Level.Must, Requirement = Text($"The guide asks for thing {number} in these words."),
            })],
            Results = [.. Enumerable.Range(1, Phones).SelectMany(phone => Enumerable.Range(1, Cases).Select(number => new ResultEntry
            {
                CaseId = Text($"wpi/3.{number / 10}/{number % 10}"), PhoneId = Text($"os{phone}"), Compatible = true, DurationMilliseconds = random.Next(1, 5000),
                Verdict = random.Next(20) == 0 ? Verdict.Fail : Verdict.Pass,
                Expected = "status accepted", Actual = "status busy", Reason = "the phone did not do it",
                Exchanges = [],
            }))],
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
