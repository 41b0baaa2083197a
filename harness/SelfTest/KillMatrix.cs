namespace OpenStage.Harness.SelfTest;

/// <summary>Cases by quirks of phones and faults of services: which case is killed by which, and so which case can fail and which quirk is seen.</summary>
public sealed record KillMatrix
{
    public required string Model { get; init; }

    public required string Firmware { get; init; }

    public required int Seed { get; init; }

    public double DurationSeconds { get; init; }

    public required IReadOnlyList<TestedCase> Cases { get; init; }

    public required IReadOnlyList<TestedQuirk> Quirks { get; init; }

    /// <summary>One entry for each quirk that a case names.</summary>
    public required IReadOnlyList<Kill> Pairs { get; init; }

    /// <summary>What kept the lab from running, or did not run.</summary>
    public IReadOnlyList<string> LabErrors { get; init; } = [];

    /// <summary>Cases that at least one quirk kills.</summary>
    public int CasesKilled => Pairs.Where(pair => pair.IsKilled).Select(pair => pair.Case).Distinct().Count();

    /// <summary>Quirks that at least one case catches.</summary>
    public int QuirksCaught => Pairs.Where(pair => pair.IsKilled).Select(pair => pair.Quirk).Distinct().Count();

    /// <summary>Share of cases killed, 0 to 100.</summary>
    public double CasePercent => Percent(CasesKilled, Cases.Count);

    /// <summary>Share of quirks caught, 0 to 100.</summary>
    public double QuirkPercent => Percent(QuirksCaught, Quirks.Count);

    /// <summary>Cases that a quirk which they name did not kill.</summary>
    public IReadOnlyList<Kill> Survivors => [.. Pairs.Where(pair => !pair.IsKilled)];

    /// <summary>Cases that name no quirk.</summary>
    public IReadOnlyList<TestedCase> Unproven => [.. Cases.ExceptBy(Pairs.Select(pair => pair.Case), known => known.Id)];

    /// <summary>Quirks that no case names.</summary>
    public IReadOnlyList<TestedQuirk> Unseen => [.. Quirks.ExceptBy(Pairs.Select(pair => pair.Quirk), quirk => quirk.Name)];

    /// <summary>True when every case is killed, every quirk is caught, and no case promises more than it does.</summary>
    public bool IsWhole => CasesKilled == Cases.Count && QuirksCaught == Quirks.Count && Survivors.Count == 0 && LabErrors.Count == 0;

    private static double Percent(int part, int whole) => whole == 0 ? 100 : Math.Round(100.0 * part / whole, 2);
}
