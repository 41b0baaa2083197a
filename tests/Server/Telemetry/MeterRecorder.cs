using System.Diagnostics.Metrics;

namespace OpenStage.Server.Tests.Telemetry;

/// <summary>Adds up what the meter of one server measures.</summary>
internal sealed class MeterRecorder : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, double> sums = [];
    private readonly MeterListener listener = new();

    public MeterRecorder(Meter meter)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter == meter)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, 1, tags));
        listener.Start();
    }

    /// <summary>The sum of an instrument, or the number of its measurements when it is a histogram.</summary>
    /// <param name="key">Name and tags, such as <c>openstage.jobs.ended kind=Restart state=Failed</c>.</param>
    public double this[string key]
    {
        get
        {
            lock (gate)
                return sums.GetValueOrDefault(key);
        }
    }

    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (gate)
                return [.. sums.Keys];
        }
    }

    /// <summary>The present value of a gauge, or null when it has none.</summary>
    public double? Gauge(string name)
    {
        lock (gate)
            sums.Remove(name);
        listener.RecordObservableInstruments();
        lock (gate)
            return sums.TryGetValue(name, out var value) ? value : null;
    }

    public void Dispose() => listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Prepend(instrument.Name));
        lock (gate)
            sums[key] = sums.GetValueOrDefault(key) + value;
    }
}
