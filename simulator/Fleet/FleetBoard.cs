using System.Globalization;
using Spectre.Console;

namespace OpenStage.Simulator.Fleet;

/// <summary>Shows a fleet while it runs: a live table, or a line every few seconds where output is redirected.</summary>
internal sealed class FleetBoard(FleetMeter meter, TimeProvider time, IAnsiConsole console)
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LineSpan = TimeSpan.FromSeconds(5);

    /// <summary>Kinds of errors that are shown.</summary>
    private const int MostErrors = 5;

    private static readonly double[] Shares = [0.5, 0.95, 0.99];

    private readonly long begun = time.GetTimestamp();
    private (long At, long Interactions, long Messages, long Bytes) before;

    /// <summary>Shows until it is cancelled.</summary>
    public async Task ShowAsync(CancellationToken cancellation)
    {
        before = (begun, 0, 0, 0);
        try
        {
            if (console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal)
            {
                await console.Live(Table()).StartAsync(async live =>
                {
                    while (true)
                    {
                        await Task.Delay(Frame, time, cancellation);
                        live.UpdateTarget(Table());
                    }
                });
            }

            while (true)
            {
                await Task.Delay(LineSpan, time, cancellation);
                Console.WriteLine(Line());
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    /// <summary>All on one line.</summary>
    public string Line()
    {
        var (interactions, messages, bytes) = Rates();
        var errors = meter.Errors.Sum(error => error.Count);
        return string.Create(CultureInfo.InvariantCulture,
            $"{time.GetElapsedTime(begun):hh\\:mm\\:ss} {string.Join(", ", Standings().Select(pair => $"{pair.Count} {pair.Name}"))}; {interactions:0} interactions/s, {messages:0} messages/s, {bytes / 1000:0} kB/s; answers p50 {meter.Answer.Percentile(0.5):0.0} p99 {meter.Answer.Percentile(0.99):0.0} ms; {errors} errors");
    }

    /// <summary>Phones by state, rates, times and errors.</summary>
    public Table Table()
    {
        var (interactions, messages, bytes) = Rates();
        var table = new Table().Border(TableBorder.Simple).AddColumn("Phones").AddColumn(new TableColumn("").RightAligned()).AddColumn("Times (ms)")
            .AddColumn(new TableColumn("p50").RightAligned()).AddColumn(new TableColumn("p95").RightAligned()).AddColumn(new TableColumn("p99").RightAligned())
            .AddColumn("Rates, errors").AddColumn(new TableColumn("").RightAligned());
        string[][] times = [Times("connect", meter.Connect), Times("handshake", meter.Handshake), Times("answer", meter.Answer)];
        List<(string Name, string Value)> right =
        [
            ("interactions/s", Text(interactions)), ("messages/s", Text(messages)), ("kB/s", Text(bytes / 1000)),
            .. meter.Errors.Take(MostErrors).Select(error => (error.Kind, Text(error.Count))),
        ];
        var left = Enum.GetValues<PhoneStanding>().Select(standing => (Name: Name(standing), Count: meter.Standing(standing))).ToList();
        for (var row = 0; row < Math.Max(left.Count, right.Count); row++)
        {
            string[] phones = row < left.Count ? [left[row].Name, Text(left[row].Count)] : ["", ""];
            string[] middle = row < times.Length ? times[row] : ["", "", "", ""];
            string[] last = row < right.Count ? [Markup.Escape(right[row].Name), right[row].Value] : ["", ""];
            table.AddRow([.. phones, .. middle, .. last]);
        }

        return table;
    }

    private (double Interactions, double Messages, double Bytes) Rates()
    {
        var (at, bytes) = (time.GetTimestamp(), meter.Sent + meter.Received);
        var seconds = Math.Max(0.001, time.GetElapsedTime(before.At, at).TotalSeconds);
        var rates = ((meter.Interactions - before.Interactions) / seconds, (meter.Messages - before.Messages) / seconds, (bytes - before.Bytes) / seconds);
        before = (at, meter.Interactions, meter.Messages, bytes);
        return rates;
    }

    private IEnumerable<(string Name, int Count)> Standings() =>
        Enum.GetValues<PhoneStanding>().Select(standing => (Name(standing), meter.Standing(standing))).Where(pair => pair.Item2 > 0);

    private static string Name(PhoneStanding standing) => standing == PhoneStanding.InInteraction ? "in interaction" : standing.ToString().ToLowerInvariant();

    private static string[] Times(string name, LatencyHistogram histogram) =>
        [name, .. Shares.Select(share => histogram.Percentile(share).ToString("0.0", CultureInfo.InvariantCulture))];

    private static string Text(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
