using OpenStage.Conformance;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Reproduction;

namespace OpenStage.Lab;

/// <summary>Runs a repro: its phone, its seed, the cases before it in their order, and then the case.</summary>
internal static class ReproRunner
{
    /// <summary>The run as a report, and the case's result in it; null when the lab did not come that far.</summary>
    public static (RunReport Report, ResultEntry? Result) Run(Repro repro, string file, CancellationToken cancellation)
    {
        var wanted = repro.Before.Append(repro.CaseId).ToHashSet();
        var outcome = SuiteRunner.Run(repro.Lab(file), (info, _) => wanted.Contains(info.Id), null, cancellation);
        var report = outcome.Run.Report(RunVerb.ToolVersion, outcome.Complete, outcome.LabErrors);
        return (report, report.Results.LastOrDefault(result => result.CaseId == repro.CaseId));
    }

    /// <summary>True when the cases before it ran in another order than in the run that failed.</summary>
    public static bool IsReordered(Repro repro, RunReport report) =>
        !report.Results.Select(result => result.CaseId).Where(repro.Before.Contains).Distinct().SequenceEqual(repro.Before);

    /// <summary>Reads a repro whose cases this suite has.</summary>
    /// <exception cref="Harness.Lab.LabFileException">The file cannot be used; one line a problem.</exception>
    public static Repro Read(string file)
    {
        var repro = ReproFile.Read(file);
        var unknown = repro.Before.Append(repro.CaseId).Where(id => CaseSuite.All.All(info => info.Id != id)).ToList();
        return unknown.Count == 0 ? repro : throw new Harness.Lab.LabFileException(
            [.. unknown.Select(id => $"{file}: {(id == repro.CaseId ? "case" : "before")}: '{id}' is not allowed; this suite (version {RunVerb.ToolVersion}, the file is of {repro.ToolVersion}) has {CaseNames.Suggest(id)}.")]);
    }
}
