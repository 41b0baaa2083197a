using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using OpenStage.Server.Start;
using OpenStage.Server.Telemetry;

namespace OpenStage.Server.Tests.Start;

/// <summary>Sessions that a server plays with itself: nobody may take them for those of a site.</summary>
public sealed class RehearsalTests
{
    [Test]
    public async Task Each_phone_starts_up_three_times_and_is_asked_for_all_items()
    {
        var log = new LogLines();
        using var sessions = new Messages();

        await Rehearsal.PlayAsync(TimeProvider.System, log, CancellationToken.None, phones: 3);

        Assert.That(log.Lines, Has.Count.EqualTo(1));
        Assert.That(log.Lines[0], Does.StartWith("Debug: Rehearsed 9 sessions in "));
        Assert.That(sessions.Answers, Is.EquivalentTo(Enumerable.Repeat("start-up ReadAllItems 200", 9).Concat(Enumerable.Repeat("reply-to CleanUp 200", 9))));
    }

    [Test]
    public async Task Its_spans_are_not_among_those_that_are_exported()
    {
        var sources = new HashSet<string>();
        using var listener = new ActivityListener();
        listener.ShouldListenTo = source => source.Name.StartsWith(ServerTraces.SourceName, StringComparison.Ordinal);
        listener.Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData;
        listener.ActivityStopped = span =>
        {
            if (span.GetTagItem(ServerTraces.Mac) is string mac && mac.StartsWith("02:00:00:00", StringComparison.Ordinal))
            {
                lock (sources)
                    sources.Add(span.Source.Name);
            }
        };
        ActivitySource.AddActivityListener(listener);

        await Rehearsal.PlayAsync(TimeProvider.System, new LogLines(), CancellationToken.None, phones: 1);

        Assert.That(sources, Is.EqualTo([Rehearsal.Telemetry]));
    }

    [Test]
    public async Task When_the_service_ends_it_ends_without_a_word()
    {
        var log = new LogLines();

        await Rehearsal.PlayAsync(TimeProvider.System, log, new CancellationToken(canceled: true));

        Assert.That(log.Lines, Is.Empty);
    }

    [Test]
    public async Task What_goes_wrong_is_a_warning_and_no_more()
    {
        var log = new LogLines();

        await Rehearsal.PlayAsync(new BrokenClock(), log, CancellationToken.None, phones: 1);

        Assert.That(log.Lines, Has.Count.EqualTo(1));
        Assert.That(log.Lines[0], Does.StartWith("Warning: The rehearsal was broken off; the service is not concerned"));
    }

    [TestCase(null, 1)]
    [TestCase("true", 1)]
    [TestCase("false", 0)]
    [Platform(Exclude = "Win", Reason = "Windows has no such signals.")]
    public async Task The_command_rehearses_unless_it_is_told_not_to(string? value, int times)
    {
        var environment = new Dictionary<string, string> { ["OPENSTAGE_LOG_LEVEL"] = "debug" };
        if (value is not null)
            environment["OPENSTAGE_REHEARSE"] = value;
        using var folder = new TemporaryFolder();
        await using var server = CommandProcess.Start(
            environment, "--data", folder.Path, "--port", "0", "--secure-port", "off", "--admin-port", "0");
        await server.LineAsync(times > 0 ? "dbug: OpenStage.Server.Start.StartCommand[6006]" : "Ctrl-C");
        server.Signal(CommandProcess.Terminate);

        var (exitCode, output, _) = await server.EndAsync();

        Assert.That(exitCode, Is.Zero);
        Assert.That(output.Split("StartCommand[6006]"), Has.Length.EqualTo(times + 1));
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override long GetTimestamp() => throw new InvalidOperationException("no clock");
    }

    private sealed class LogLines : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel}: {formatter(state, exception)}");
    }

    /// <summary>What the messages of rehearsals are answered, as their own metrics tell it.</summary>
    private sealed class Messages : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly List<string> answers = [];

        public Messages()
        {
            listener.InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == Rehearsal.Telemetry && instrument.Name == "openstage.messages")
                    listening.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                lock (answers)
                    answers.Add(string.Join(' ', tags.ToArray().Select(tag => tag.Value)));
            });
            listener.Start();
        }

        public IReadOnlyList<string> Answers => answers;

        public void Dispose() => listener.Dispose();
    }
}
