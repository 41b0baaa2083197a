namespace OpenStage.Harness.Reports;

/// <summary>
/// Makes one report of several runs: of one lab that was split over machines, or of phones that were run apart. What a
/// later run says about a case on a phone counts; what the runs contradict each other in is named in the notes.
/// </summary>
public static class ReportMerge
{
    /// <summary>More notes of a kind are counted only.</summary>
    private const int MostNotes = 20;

    /// <param name="runs">At least one, each with the name that the user gave it.</param>
    /// <exception cref="FormatException">Two runs have different phones under one id; the message names file, key and what is allowed.</exception>
    public static RunReport Of(IReadOnlyList<(string Name, RunReport Report)> runs)
    {
        // Runs that began at the same time stay in the order of the user.
        List<(string Name, RunReport Report)> ordered = [.. runs.OrderBy(run => run.Report.StartedAt)];
        var last = ordered[^1].Report;
        var (phones, phoneNotes) = Phones(ordered);
        var (cases, caseNotes) = Cases(ordered);
        var (results, resultNotes) = Results(ordered);
        var all = ordered.Select(run => run.Report).ToList();
        return last with
        {
            SchemaVersion = RunReport.CurrentSchemaVersion,
            RunId = string.Join('+', all.Select(run => run.RunId).Distinct()),
            Title = string.Join(" + ", all.Select(run => run.Title).Where(title => title.Length > 0).Distinct()),
            StartedAt = all[0].StartedAt,
            DurationSeconds = Math.Round(all.Sum(run => run.DurationSeconds), 3),
            LabFile = string.Join(", ", all.Select(run => run.LabFile).Distinct()),
            Complete = all.All(run => run.Complete),
            PlannedResults = results.Count + all.Sum(run => Math.Max(0, run.PlannedResults - run.Results.Count)),
            PreviousRun = all.All(run => run.PreviousRun == last.PreviousRun) ? last.PreviousRun : "",
            Runs = [.. all.SelectMany(Parts)],
            Notes = [.. all.SelectMany(run => run.Notes).Distinct(), .. RunNotes(ordered), .. Some(phoneNotes), .. Some(caseNotes), .. Some(resultNotes)],
            LabErrors = [.. ordered.SelectMany(run => run.Report.LabErrors.Select(error => $"{run.Name}: {error}"))],
            BaselineErrors = [.. all.SelectMany(run => run.BaselineErrors).Distinct()],
            NotRestored = [.. all.SelectMany(run => run.NotRestored).Distinct()],
            Phones = phones,
            Cases = cases,
            Rules = [.. all.SelectMany(run => run.Rules).GroupBy(rule => rule.Id).Select(group => group.Last())],
            Results = results,
        };
    }

    private static IReadOnlyList<RunEntry> Parts(RunReport run) => run.Runs.Count > 0 ? run.Runs :
    [
        new RunEntry { RunId = run.RunId, StartedAt = run.StartedAt, DurationSeconds = run.DurationSeconds, Seed = run.Seed, LabFile = run.LabFile, ToolVersion = run.ToolVersion, Complete = run.Complete },
    ];

    private static IEnumerable<string> RunNotes(List<(string Name, RunReport Report)> runs)
    {
        foreach (var (name, report) in runs.Where(run => !run.Report.Complete))
            yield return $"{name} was interrupted: what is missing was not run.";
        foreach (var (what, of) in new (string, Func<RunReport, string>)[] { ("seeds", run => FormattableString.Invariant($"{run.Seed}")), ("versions of the lab", run => run.ToolVersion) })
        {
            if (runs.Select(run => of(run.Report)).Distinct().Count() > 1)
                yield return $"The runs have different {what}: {string.Join(", ", runs.Select(run => $"{run.Name} {of(run.Report)}"))}.";
        }
    }

    private static (IReadOnlyList<PhoneEntry> Phones, List<string> Notes) Phones(List<(string Name, RunReport Report)> runs)
    {
        var notes = new List<string>();
        var phones = new OrderedDictionary<string, (string Name, PhoneEntry Phone)>();
        foreach (var (name, phone) in runs.SelectMany(run => run.Report.Phones.Select(phone => (run.Name, phone))))
        {
            if (phones.TryGetValue(phone.Id, out var known))
            {
                if (!known.Phone.Mac.Equals(phone.Mac, StringComparison.OrdinalIgnoreCase))
                    throw new FormatException($"{name}: phones.{phone.Id}.mac: '{phone.Mac}' is not allowed; allowed is '{known.Phone.Mac}' as in {known.Name}, because one id is one phone.");
                if (About(phone) != About(known.Phone))
                    notes.Add($"{phone.Id} is {About(known.Phone)} in {known.Name} and {About(phone)} in {name}; the later one is shown.");
            }

            phones[phone.Id] = (name, phone);
        }

        return ([.. phones.Values.Select(known => known.Phone)], notes);
    }

    private static string About(PhoneEntry phone) =>
        $"{phone.Model}, {phone.Firmware}, {phone.Kind}{(phone.Quirks.Count > 0 ? $" with {string.Join(", ", phone.Quirks)}" : "")}";

    private static (IReadOnlyList<CaseEntry> Cases, List<string> Notes) Cases(List<(string Name, RunReport Report)> runs)
    {
        var notes = new List<string>();
        var cases = new OrderedDictionary<string, (string Name, CaseEntry Case)>();
        foreach (var (name, entry) in runs.SelectMany(run => run.Report.Cases.Select(entry => (run.Name, entry))))
        {
            // Lists of rules and maturity grow with the suite; what a case asks for may not change unseen.
            if (cases.TryGetValue(entry.Id, out var known) && Asks(known.Case) != Asks(entry))
                notes.Add($"{entry.Id} asks for something else in {known.Name} than in {name}; the later one is shown.");
            cases[entry.Id] = (name, entry);
        }

        return ([.. cases.Values.Select(known => known.Case).OrderBy(entry => entry.Page).ThenBy(entry => entry.Id, StringComparer.Ordinal)], notes);
    }

    private static (string, int, string, Verdicts.Level, string) Asks(CaseEntry entry) => (entry.Section, entry.Page, entry.Title, entry.Level, entry.Requirement);

    private static (IReadOnlyList<ResultEntry> Results, List<string> Notes) Results(List<(string Name, RunReport Report)> runs)
    {
        var notes = new List<string>();
        var results = new OrderedDictionary<(string, string), (string Name, ResultEntry Result)>();
        foreach (var (name, report) in runs)
        {
            foreach (var result in report.Results)
            {
                // Only here is it known which lab file and seed the result is of.
                var merged = result with { Reproduce = ReportText.SeeAgain(report, result) };
                if (results.Remove((result.PhoneId, result.CaseId), out var known))
                {
                    merged = merged with { Tries = [.. Tries(known.Result), .. Tries(result)] };
                    if (known.Result.Verdict != result.Verdict)
                        notes.Add($"{result.CaseId} on {result.PhoneId}: {ReportWriter.Word(known.Result.Verdict)} in {known.Name}, {ReportWriter.Word(result.Verdict)} in {name}; the later one counts.");
                }

                results[(result.PhoneId, result.CaseId)] = (name, merged);
            }
        }

        return ([.. results.Values.Select(known => known.Result)], notes);
    }

    private static IReadOnlyList<Verdict> Tries(ResultEntry result) => result.Tries.Count > 0 ? result.Tries : [result.Verdict];

    private static List<string> Some(List<string> notes) =>
        notes.Count <= MostNotes ? notes : [.. notes.Take(MostNotes), FormattableString.Invariant($"{notes.Count - MostNotes} more of this kind.")];
}
