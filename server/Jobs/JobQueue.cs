using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OpenStage.Server.Deployment;
using OpenStage.Server.Devices;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Jobs;

/// <summary>The jobs of all phones; each is on disk before it is told about.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue in the words of the trade, not a collection.")]
public sealed class JobQueue
{
    private readonly Database database;
    private readonly TimeProvider time;
    private readonly TimeSpan lifetime;
    private readonly int maxAttempts;
    private readonly Action<string> changed;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<Job>> waiting = new();

    internal JobQueue(Database database, TimeProvider time, TimeSpan lifetime, int maxAttempts, Action<string> changed)
    {
        this.database = database;
        this.time = time;
        this.lifetime = lifetime;
        this.maxAttempts = maxAttempts;
        this.changed = changed;
        database.Changed += StoreChanged;
    }

    /// <summary>Raised after each change of a job, on the thread that made it.</summary>
    public event Action<Job>? Changed;

    /// <summary>Creates a job; the phone is contacted as soon as it may be.</summary>
    /// <exception cref="RequestException">Something in the request is not allowed.</exception>
    public Task<Job> CreateAsync(JobRequest request) => CreateAsync(request, null);

    /// <summary>Creates a job together with what belongs to it.</summary>
    /// <param name="with">Runs in the same transaction, before the job is stored; what it throws ends both.</param>
    internal Task<Job> CreateAsync(JobRequest request, Action<StoreSession>? with)
    {
        var mac = JobRequestCheck.Check(request);
        var job = database.Write(mac, session =>
        {
            with?.Invoke(session);
            return Create(session, request, mac);
        });
        Tell([job]);
        return Task.FromResult(job);
    }

    /// <summary>Creates a job inside a transaction; <see cref="Publish"/> is the caller's.</summary>
    /// <param name="request">One that <see cref="JobRequestCheck"/> has let through.</param>
    /// <param name="mac">The phone, in normal form.</param>
    /// <exception cref="RequestException">A file of the request is not there, or not for the phone.</exception>
    internal Job Create(StoreSession session, JobRequest request, string mac)
    {
        if (session.Device(mac) is { Rejected: true })
            throw RequestException.Conflict("mac", mac, "a phone that was not rejected");
        LibraryCheck.Check(session, request, mac);
        var now = time.GetUtcNow();
        var job = new Job
        {
            Id = session.NextJobId(),
            Mac = mac,
            Kind = request.Kind,
            Items = request.Items,
            Files = request.Files,
            Software = DeploymentCheck.Normal(request.Software),
            Bootstrapping = request.Bootstrapping,
            ReadBack = request.ReadBack,
            Priority = request.Priority,
            Campaign = request.Campaign,
            CreatedBy = request.CreatedBy,
            Created = now,
            NotBefore = request.NotBefore ?? now,
            Expires = now + (request.Lifetime ?? lifetime),
            MaxAttempts = maxAttempts,
            History = [new JobHistoryLine(now, "created")],
        };
        session.Save(job);
        session.SaveFiles(job);
        return job;
    }

    /// <summary>A job, or null when there is none of this number.</summary>
    public Job? Get(long id) => database.Read(session => session.Job(id));

    /// <summary>A job, or null when there is none of this number.</summary>
    public Task<Job?> GetAsync(long id) => Task.FromResult(Get(id));

    /// <summary>Jobs, the newest first.</summary>
    /// <param name="mac">Of this phone only, in any form of a MAC address.</param>
    /// <param name="state">Of this state only.</param>
    public IReadOnlyList<Job> List(string? mac = null, JobState? state = null)
    {
        if (mac is not null)
            mac = MacAddress.TryNormalise(mac, out var normal) ? normal : mac;
        return List(new JobFilter { Mac = mac, State = state });
    }

    /// <summary>Jobs, the newest first.</summary>
    public IReadOnlyList<Job> List(JobFilter filter) => database.Read(session => session.Jobs(filter));

    /// <summary>How many jobs there are of a kind, whatever the filter's page.</summary>
    public long Count(JobFilter filter) => database.Read(session => session.CountJobs(filter));

    /// <summary>
    /// Cancels a job that is not over. One that the phone is working at ends with the phone's next message; others at once.
    /// </summary>
    /// <returns>The job as it is now, or null when there is none of this number.</returns>
    public Task<Job?> CancelAsync(long id)
    {
        var now = time.GetUtcNow();
        if (Get(id) is not { } known)
            return Task.FromResult<Job?>(null);
        var (job, isChanged) = database.Write(known.Mac, session =>
        {
            var found = session.Job(id);
            if (found is null || found.State.IsFinal() || found.CancelRequested)
                return (found, false);
            found = found.State == JobState.Running
                ? (found with { CancelRequested = true }).Note(now, "cancel requested")
                : found.To(JobState.Cancelled, now, "cancelled");
            session.Save(found);
            return (found, true);
        });
        if (isChanged && job is not null)
        {
            Publish([job]);
            changed(job.Mac);
        }

        return Task.FromResult(job);
    }

    /// <summary>Completes when the job is over.</summary>
    /// <exception cref="KeyNotFoundException">There is no such job.</exception>
    public async Task<Job> WaitForEndAsync(long id, CancellationToken cancellation = default)
    {
        var source = waiting.GetOrAdd(id, static _ => new TaskCompletionSource<Job>(TaskCreationOptions.RunContinuationsAsynchronously));
        var job = Get(id);
        if (job is null || job.State.IsFinal())
        {
            waiting.TryRemove(id, out _);
            return job ?? throw new KeyNotFoundException(string.Create(CultureInfo.InvariantCulture, $"There is no job {id}."));
        }

        return await source.Task.WaitAsync(cancellation);
    }

    /// <summary>Somebody waits here for a job that another node ended.</summary>
    private void StoreChanged(string topic)
    {
        const string Prefix = "job:";
        if (topic.StartsWith(Prefix, StringComparison.Ordinal)
            && long.TryParse(topic.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && waiting.ContainsKey(id) && Get(id) is { } job && job.State.IsFinal() && waiting.TryRemove(id, out var source))
            source.TrySetResult(job);
    }

    /// <summary>
    /// Creates a job within a transaction of the caller, who calls <see cref="Tell"/> when that is through. The phone need
    /// not be locked: a new job contradicts nothing that others do with it.
    /// </summary>
    /// <exception cref="RequestException">Something in the request is not allowed; nothing was stored.</exception>
    internal Job Create(StoreSession session, JobRequest request) => Create(session, request, JobRequestCheck.Check(request));

    /// <summary>Has the phones of new jobs contacted.</summary>
    internal void Tell(IReadOnlyCollection<Job> created)
    {
        Publish(created);
        foreach (var job in created)
            changed(job.Mac);
    }

    /// <summary>Cancels a job unless it is over or the phone is working at it.</summary>
    internal void Withdraw(long id, string why)
    {
        if (Get(id) is not { } known)
            return;
        var job = database.Write(known.Mac, session =>
        {
            if (session.Job(id) is not { State: JobState.Pending or JobState.Contacting or JobState.WaitingForIdle } found)
                return null;
            found = found.To(JobState.Cancelled, time.GetUtcNow(), why);
            session.Save(found);
            return found;
        });
        if (job is not null)
            Tell([job]);
    }

    /// <summary>Tells of changes that are on disk.</summary>
    internal void Publish(IEnumerable<Job> jobs)
    {
        foreach (var job in jobs)
        {
            Changed?.Invoke(job);
            if (job.State.IsFinal() && waiting.TryRemove(job.Id, out var source))
                source.TrySetResult(job);
        }
    }
}
