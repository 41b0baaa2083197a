using System.Diagnostics.Metrics;
using OpenStage.Server.Jobs;
using OpenStage.Server.Operations;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Telemetry;

/// <summary>The counters of one server. No phone's address is in them: there are too many phones.</summary>
internal sealed class ServerMetrics : IDisposable
{
    public const string MeterName = "OpenStage.Server";

    private readonly Meter meter;
    private readonly Counter<long> opened;
    private readonly Counter<long> ended;
    private readonly Counter<long> messages;
    private readonly Histogram<double> duration;
    private readonly Counter<long> contacts;
    private readonly Counter<long> jobs;
    private readonly Counter<long> downloads;
    private readonly Counter<long> downloaded;

    /// <param name="name">Name of the meter.</param>
    public ServerMetrics(string name = MeterName)
    {
        meter = new Meter(name, ServerHealth.Version);
        opened = meter.CreateCounter<long>("openstage.interactions.opened", "{interaction}", "Interactions that phones began, by their reason for contact");
        ended = meter.CreateCounter<long>("openstage.interactions.ended", "{interaction}", "Interactions that ended, by what ended them");
        messages = meter.CreateCounter<long>("openstage.messages", "{message}", "Requests on the phones' port, by reason for contact, action of the answer and HTTP status");
        duration = meter.CreateHistogram<double>("openstage.message.duration", "s", "Time from a request to its answer");
        contacts = meter.CreateCounter<long>("openstage.contact_me", "{request}", "Contact-me requests that were sent, by result");
        jobs = meter.CreateCounter<long>("openstage.jobs.ended", "{job}", "Jobs that ended, by kind and state");
        downloads = meter.CreateCounter<long>("openstage.downloads", "{file}", "Files that phones fetched, by result");
        downloaded = meter.CreateCounter<long>("openstage.downloads.bytes", "By", "Bytes of files that phones fetched");
    }

    /// <summary>Tells this server's numbers from those of another in the same process.</summary>
    public Meter Meter => meter;

    /// <summary>Shows what the store holds, counted each time somebody collects; nodes on one store show the same.</summary>
    public void Watch(Database database)
    {
        Gauge("openstage.jobs.open", "{job}", "Jobs that are not over", session => session.CountJobs(new JobFilter { IsOver = false }));
        Gauge("openstage.interactions.open", "{interaction}", "Interactions that are not over", session => session.CountOpenInteractions());
        Gauge("openstage.devices", "{device}", "Phones that are known", session => session.CountDevices(new Devices.DeviceFilter()));

        void Gauge(string name, string unit, string description, Func<StoreSession, long> count) =>
            meter.CreateObservableGauge(name, () => Measure(database, count), unit, description);
    }

    public void Opened(string reason) => opened.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <param name="by">done, began-anew, silent, phone-clean-up or malformed.</param>
    public void Ended(string by) => ended.Add(1, new KeyValuePair<string, object?>("by", by));

    /// <param name="reason">Reason for contact, or empty when the request was no message.</param>
    /// <param name="action">Action of the answer, or empty.</param>
    public void Message(string reason, string action, int status, TimeSpan took)
    {
        messages.Add(1, new("reason", reason), new("action", action), new("status", status));
        duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("reason", reason));
    }

    /// <param name="status">HTTP status of the phone's answer, or null when there was none.</param>
    public void ContactMe(int? status) => contacts.Add(1, new KeyValuePair<string, object?>("result", status switch
    {
        204 => "acknowledged",
        null => "no-answer",
        _ => "refused",
    }));

    /// <summary>A job changed; counts when it is over.</summary>
    public void Changed(Job job)
    {
        if (job.State.IsFinal())
            jobs.Add(1, new("kind", job.Kind.ToString()), new("state", job.State.ToString()));
    }

    /// <summary>A phone fetched a file, or part of one.</summary>
    /// <param name="result">done, broken-off or refused.</param>
    public void Download(string result, long bytes)
    {
        downloads.Add(1, new KeyValuePair<string, object?>("result", result));
        downloaded.Add(bytes);
    }

    public void Dispose() => meter.Dispose();

    private static IEnumerable<Measurement<long>> Measure(Database database, Func<StoreSession, long> count)
    {
        try
        {
            return [new Measurement<long>(database.Read(count))];
        }
        catch (Exception broken) when (broken is System.Data.Common.DbException or ObjectDisposedException or InvalidOperationException or IOException or TimeoutException)
        {
            // A store that does not answer has its own alarm: readiness. No number is better than a wrong one.
            return [];
        }
    }
}
