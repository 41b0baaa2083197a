using OpenStage.Harness.Lab;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Sessions;

namespace OpenStage.Conformance;

/// <summary>
/// The run that the cases of this process belong to. Test runners create the cases, so what a run is about reaches
/// them here: the lab command sets it, other runners get the default lab.
/// </summary>
public sealed class ConformanceRun(LabFile lab)
{
    private static ConformanceRun? current;
    private readonly Dictionary<string, CaseInfo> cases = [];
    private readonly List<ResultEntry> results = [];

    /// <summary>The present run; the default lab's when none was set.</summary>
    public static ConformanceRun Current
    {
        get => current ??= new ConformanceRun(LabFileReader.Read(DefaultLab()));
        set => current = value;
    }

    /// <summary>Ids of the phones under test, for the fixtures.</summary>
    public static IEnumerable<string> PhoneIds => Current.Lab.Phones.Select(phone => phone.Id);

    public LabFile Lab { get; } = lab;

    /// <summary>The running lab; there from the first case to the last.</summary>
    public LabSession Session { get; private set; } = null!;

    /// <summary>Told of every result as it comes.</summary>
    public event Action<CaseInfo, ResultEntry>? Finished;

    public IReadOnlyList<CaseInfo> Cases => [.. cases.Values];

    public IReadOnlyList<ResultEntry> Results => results;

    /// <summary>Starts the lab.</summary>
    public async Task StartAsync() => Session = await LabSession.StartAsync(Lab);

    public async Task StopAsync()
    {
        if (Session is not null)
            await Session.DisposeAsync();
    }

    /// <summary>The run as a report.</summary>
    /// <param name="complete">False when it was interrupted.</param>
    /// <param name="labErrors">What kept the lab from running.</param>
    public RunReport Report(string toolVersion, bool complete, IReadOnlyList<string> labErrors) => new()
    {
        RunId = (Session?.StartedAt ?? TimeProvider.System.GetUtcNow()).ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        Title = Lab.Title,
        StartedAt = Session?.StartedAt ?? TimeProvider.System.GetUtcNow(),
        DurationSeconds = Math.Round(Session?.Elapsed.TotalSeconds ?? 0, 3),
        Seed = Lab.Seed,
        LabFile = Lab.File,
        ToolVersion = toolVersion,
        ServerUrl = Session?.Server?.PhoneUrl.ToString() ?? "",
        Complete = complete,
        Phones = Session is null ? [] : [.. Session.Phones.Select(LabSession.Describe)],
        Cases = [.. cases.Values.OrderBy(info => info.Page).ThenBy(info => info.Id, StringComparer.Ordinal).Select(Entry)],
        Results = results,
        LabErrors = labErrors,
    };

    internal void Add(CaseInfo info, ResultEntry result)
    {
        cases[info.Id] = info;
        results.Add(result);
        Finished?.Invoke(info, result);
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
