using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;
using OpenStage.Server.Observations;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Interactions;

/// <summary>What one transaction did, to be told once it is on disk.</summary>
internal sealed class StoredEffects
{
    private readonly List<Job> jobs = [];
    private readonly List<(string Mac, Observation Observation)> observations = [];

    public void Save(StoreSession session, Job job)
    {
        session.Save(job);
        jobs.Add(job);
    }

    public void Observe(string mac, Observation observation) => observations.Add((mac, observation));

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
                    session.Learn(state.Mac, learned.Items, learned.All, now);
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

    public void Tell(JobQueue queue, ObservationBook book)
    {
        foreach (var (mac, observation) in observations)
            book.Add(mac, observation);
        queue.Publish(jobs);
    }
}
