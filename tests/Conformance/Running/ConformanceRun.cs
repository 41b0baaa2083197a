using System.Diagnostics;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Sessions;

namespace OpenStage.Conformance;

/// <summary>
/// The run that the cases of this process belong to. Test runners create the cases, so what a run is about reaches
/// them here: the lab command sets it, other runners get the default lab.
/// </summary>
public sealed class ConformanceRun(LabFile lab, RunSettings? settings = null)
{
    private static ConformanceRun? current;
    private readonly Dictionary<string, CaseInfo> cases = [];
    private readonly List<ResultEntry> results = [];
    private readonly List<NotRestoredEntry> notRestored = [];
    private readonly List<LabSession> sessions = [];
    private readonly Lock gate = new();
    private readonly Stopwatch watch = new();
    private IReadOnlyList<LabFile>? parts;
    private bool isInterrupted;

    /// <summary>The present run; the default lab's when none was set.</summary>
    public static ConformanceRun Current
    {
        get => current ??= new ConformanceRun(LabFileReader.Read(DefaultLab()));
        set => current = value;
    }

    /// <summary>Ids of the phones under test, for the fixtures.</summary>
    public static IEnumerable<string> PhoneIds => Current.Lab.Phones.Select(phone => phone.Id);

    public LabFile Lab { get; } = lab;

    public RunSettings Settings { get; } = settings ?? new RunSettings();

    /// <summary>What of the lab can run side by side. A clock that is given is one for all.</summary>
    public IReadOnlyList<LabFile> Parts => parts ??= Settings.World?.Clock is null ? LabParts.Of(Lab) : [Lab];

    /// <summary>The parts of the lab that were started.</summary>
    public IReadOnlyList<LabSession> Sessions
    {
        get
        {
            lock (gate)
                return [.. sessions];
        }
    }

    /// <summary>Real time since the run began.</summary>
    public TimeSpan Elapsed => watch.Elapsed;

    public DateTimeOffset StartedAt { get; private set; } = TimeProvider.System.GetUtcNow();

    /// <summary>Told of every result as it comes, of one at a time.</summary>
    public event Action<CaseInfo, ResultEntry>? Finished;

    /// <summary>Results that the run will have when it is complete.</summary>
    public int Planned { get; set; }

    public IReadOnlyList<ResultEntry> Results
    {
        get
        {
            lock (gate)
                return [.. results];
        }
    }

    /// <summary>The part of the lab that a phone or a service is in; it must have been started.</summary>
    public LabSession SessionOf(string subject) => Sessions.Last(session => Subjects(session.Lab).Contains(subject));

    /// <summary>Ids of the phones and services of a lab, or of a part of one.</summary>
    public static IEnumerable<string> Subjects(LabFile lab) => [.. lab.Phones.Select(phone => phone.Id), .. lab.Services.Select(service => service.Id)];

    /// <summary>The run begins.</summary>
    public void Begin()
    {
        StartedAt = TimeProvider.System.GetUtcNow();
        watch.Start();
        Settings.Live?.Begin(Lab, Planned);
    }

    /// <summary>Starts a part of the lab.</summary>
    public async Task<LabSession> StartAsync(LabFile part)
    {
        var world = Settings.World ?? new LabWorld();
        var session = await LabSession.StartAsync(part, Settings.Live is { } live ? world with { People = live } : world);
        lock (gate)
        {
            sessions.Add(session);
            if (isInterrupted)
                session.Interrupt();
        }

        return session;
    }

    /// <summary>Sets back what the run changed at phones for its own time, and stops the part.</summary>
    public async Task StopAsync(LabSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        foreach (var phone in session.Phones)
            Add(await phone.ReleaseAsync());
        await session.DisposeAsync();
    }

    /// <summary>Ends the waits of the present cases; safe from any thread.</summary>
    public void Interrupt()
    {
        lock (gate)
        {
            isInterrupted = true;
            foreach (var session in sessions)
                session.Interrupt();
        }
    }

    /// <summary>The run as a report.</summary>
    /// <param name="complete">False when it was interrupted.</param>
    /// <param name="labErrors">What kept the lab from running.</param>
    public RunReport Report(string toolVersion, bool complete, IReadOnlyList<string> labErrors)
    {
        lock (gate)
        {
            return new()
            {
                RunId = StartedAt.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture),
                Title = Lab.Title,
                StartedAt = StartedAt,
                DurationSeconds = Math.Round(watch.Elapsed.TotalSeconds, 3),
                Seed = Lab.Seed,
                LabFile = Lab.File,
                ToolVersion = toolVersion,
                Complete = complete,
                PlannedResults = Math.Max(Planned, results.Count),
                NotRestored = [.. notRestored],
                Phones = [.. Subjects(Lab).Select(Entry).OfType<PhoneEntry>()],
                Cases = [.. cases.Values.OrderBy(info => info.Page).ThenBy(info => info.Id, StringComparer.Ordinal).Select(Entry)],
                Rules = [.. ConformanceRules.Book.Rules.Select(RuleEntry.Of)],
                // Which phone was sooner is no matter of the run; the order of a phone's cases is.
                Results = [.. Subjects(Lab).SelectMany(subject => results.Where(result => result.PhoneId == subject))],
                LabErrors = labErrors,
            };
        }
    }

    internal void Add(CaseInfo info, ResultEntry result)
    {
        lock (gate)
        {
            cases[info.Id] = info;
            results.Add(result);
            Settings.Live?.CaseEnds(info, result);
            Finished?.Invoke(info, result);
        }
    }

    internal void Add(IReadOnlyList<NotRestoredEntry> left)
    {
        lock (gate)
            notRestored.AddRange(left);
    }

    /// <summary>What a part that was started tells of a phone or a service.</summary>
    private PhoneEntry? Entry(string subject) =>
        sessions.FindLast(session => Subjects(session.Lab).Contains(subject))?.Describe(subject) is { } entry ? entry with { Doubt = Doubt(subject) } : null;

    /// <summary>A phone that says yes to what does not exist may have said yes to the rest without doing it.</summary>
    private string Doubt(string phone)
    {
        var failed = results.Where(result => result.PhoneId == phone && result.Verdict is Verdict.Fail or Verdict.NonStrict && cases[result.CaseId].IsProbe).Select(result => result.CaseId).ToList();
        return failed.Count == 0 ? "" : $"The phone says yes to what does not exist ({string.Join(", ", failed)}), so that what it says yes to in other cases proves little.";
    }

    private static CaseEntry Entry(CaseInfo info) => new()
    {
        Id = info.Id,
        Section = info.Section,
        Page = info.Page,
        Title = info.Title,
        Level = info.Level,
        Requirement = info.Requirement,
        Maturity = info.Maturity,
        Rules = info.Rules,
    };

    private static string DefaultLab() => Path.Combine(AppContext.BaseDirectory, "lab-config", "emulator.json");
}
