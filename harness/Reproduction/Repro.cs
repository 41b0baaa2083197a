using OpenStage.Harness.Lab;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Reproduction;

/// <summary>All that it takes to run a failed case again; repro.json is this record, described by lab-config/repro.schema.json.</summary>
public sealed record Repro
{
    /// <summary>The version of the form; there is no other yet.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Items a fragment, where the phone's own number is not known.</summary>
    private const int FragmentItems = 120;

    /// <summary>Version of the suite that found the failure.</summary>
    public string ToolVersion { get; init; } = "";

    public required string CaseId { get; init; }

    /// <summary>The cases that ran on the phone before it, in their order: what they left behind may matter.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    public required int Seed { get; init; }

    /// <summary>How long the phone may take, in seconds of lab time, 1 to 3600.</summary>
    public required int PatienceSeconds { get; init; }

    /// <summary>The phone as it is emulated.</summary>
    public required LabPhone Phone { get; init; }

    /// <summary>True for a phone that was physical; the emulated one then wears its recording.</summary>
    public bool WasPhysical { get; init; }

    /// <summary>What the case found, before any baseline.</summary>
    public required Verdict Verdict { get; init; }

    public string Expected { get; init; } = "";

    public string Actual { get; init; } = "";

    /// <summary>What the lab error was; empty for other verdicts.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The lab with this one phone, in virtual time.</summary>
    public LabFile Lab(string file) => new()
    {
        File = file,
        Title = $"{CaseId} on {Phone.Id} again",
        Seed = Seed,
        Patience = TimeSpan.FromSeconds(PatienceSeconds),
        Phones = [Phone],
    };

    /// <summary>The failure of a result; null for one that went well, or that an emulated phone cannot show.</summary>
    /// <param name="report">The run, with the results of the phone in their order.</param>
    /// <param name="entry">The phone in the lab file.</param>
    /// <param name="recording">The recording of a physical phone, or null.</param>
    internal static Repro? Of(RunReport report, ResultEntry result, LabFile lab, LabPhone entry, Protocol.Recordings.Recording? recording)
    {
        var phone = report.Phones.FirstOrDefault(phone => phone.Id == result.PhoneId);
        var isPhysical = entry.Kind == PhoneKind.Physical;
        if (!Failure.Is(result.Verdict) || phone is null || !EmulatedPhones.Models.Contains(phone.Model) || (isPhysical && recording is null))
            return null;
        var level = report.Cases.First(found => found.Id == result.CaseId).Level;
        var verdict = Failure.Raw(result, level);
        return new Repro
        {
            ToolVersion = report.ToolVersion,
            CaseId = result.CaseId,
            Before = [.. report.Results.Where(other => other.PhoneId == result.PhoneId).TakeWhile(other => !ReferenceEquals(other, result)).Select(other => other.CaseId).Distinct()],
            Seed = report.Seed,
            PatienceSeconds = (int)lab.Patience.TotalSeconds,
            Phone = new LabPhone
            {
                Id = entry.Id,
                Mac = entry.Mac,
                Model = phone.Model,
                Firmware = phone.Firmware,
                Address = isPhysical ? null : entry.Address,
                Quirks = entry.Quirks,
                // What a physical phone takes for a fragment is not known; that it makes fragments is.
                FragmentItems = entry.FragmentItems ?? (isPhysical && entry.Capabilities.HasFlag(Capability.Fragments) ? FragmentItems : null),
                WithoutItems = entry.WithoutItems,
                Recording = recording ?? entry.Recording,
            },
            WasPhysical = isPhysical,
            Verdict = verdict,
            Expected = result.Expected,
            Actual = result.Actual,
            Reason = verdict == Verdict.LabError ? result.Reason : "",
        };
    }
}
