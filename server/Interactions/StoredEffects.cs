using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;
using OpenStage.Server.Observations;
using OpenStage.Server.Storage;
using OpenStage.Server.Telemetry;

namespace OpenStage.Server.Interactions;

/// <summary>What one transaction did, to be told once it is on disk.</summary>
internal sealed class StoredEffects
{
    private readonly List<Job> jobs = [];
    private readonly List<(string Mac, Observation Observation)> observations = [];
    private readonly List<string> opened = [];
    private readonly List<string> ended = [];

    public void Save(StoreSession session, Job job)
    {
        session.Save(job);
        jobs.Add(job);
    }

    public void Observe(string mac, Observation observation) => observations.Add((mac, observation));

    /// <summary>An interaction began.</summary>
    /// <param name="reason">Its reason for contact, as on the wire.</param>
    public void Opened(string reason) => opened.Add(reason);

    /// <summary>An interaction ended.</summary>
    /// <param name="by">What ended it, in a word.</param>
    public void Ended(string by) => ended.Add(by);

    public void Apply(StoreSession session, InteractionState state, IEnumerable<InteractionEffect> effects, DateTimeOffset now)
    {
        session.Save(state);
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case InteractionEffect.JobChanged changed:
                    Save(session, changed.Job);
                    break;
                case InteractionEffect.DeviceChanged changed:
                    session.Save(changed.Device);
                    break;
                case InteractionEffect.ItemsLearned learned:
                    session.Learn(state.Mac, learned.Items, learned.All, now, learned.Hash);
                    break;
                case InteractionEffect.MobileUserChanged changed:
                    session.Save(changed.User);
                    break;
                case InteractionEffect.Observed observed:
                    Observe(state.Mac, observed.Observation);
                    break;
            }
        }
    }

    public void Tell(JobQueue queue, ObservationBook book, ServerMetrics metrics)
    {
        opened.ForEach(metrics.Opened);
        ended.ForEach(metrics.Ended);
        foreach (var (mac, observation) in observations)
            book.Add(mac, observation);
        Publish(queue);
    }

    /// <summary>Tells of the jobs alone.</summary>
    public void Publish(JobQueue queue) => queue.Publish(jobs);
}
