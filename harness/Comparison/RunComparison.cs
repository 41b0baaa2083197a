using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Comparison;

/// <summary>What is different between two runs; the JSON form of a comparison is this record.</summary>
public sealed record RunComparison
{
    /// <summary>The version of the form.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The first run, as the user named it.</summary>
    public required string Before { get; init; }

    /// <summary>The second run, as the user named it.</summary>
    public required string After { get; init; }

    /// <summary>What to know before trusting the rest: runs that are not complete, phones that are in one run only.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<PhoneComparison> Phones { get; init; }

    public int Regressions => Phones.Sum(phone => phone.Verdicts.Count(change => change.Kind == ChangeKind.Regression));

    /// <summary>Compares two runs, or the two phones that they name.</summary>
    /// <exception cref="FormatException">They have no phone, or no case with a verdict, in common.</exception>
    public static RunComparison Of(RunSide before, RunSide after)
    {
        var pairs = Pairs(before, after);
        if (pairs.Count == 0)
        {
            throw new FormatException($"{after.Name}: phones: none has the id of a phone of {before.Name}; allowed are {Ids(before)}. "
                + "#PHONE after each of the two names the phones to compare.");
        }

        var phones = pairs.Select(pair => PhoneComparer.Compare(before.Report, pair.Before, after.Report, pair.After)).ToList();
        if (phones.All(phone => phone.CasesInBoth == 0))
            throw new FormatException($"{after.Name}: results: no case has a verdict here and in {before.Name}; allowed are runs with at least one case in common.");
        return new RunComparison { Before = before.Name, After = after.Name, Notes = [.. NotesOf(before, after, pairs)], Phones = phones };
    }

    private static List<(PhoneEntry Before, PhoneEntry After)> Pairs(RunSide before, RunSide after)
    {
        var pairs = new List<(PhoneEntry, PhoneEntry)>();
        if (before.Phone is not null && after.Phone is not null)
            return [(before.Find(before.Phone)!, after.Find(after.Phone)!)];
        foreach (var phone in before.Report.Phones.Where(phone => (before.Phone ?? after.Phone ?? phone.Id) == phone.Id))
        {
            if (after.Find(phone.Id) is { } same)
                pairs.Add((phone, same));
        }

        return pairs;
    }

    private static IEnumerable<string> NotesOf(RunSide before, RunSide after, List<(PhoneEntry Before, PhoneEntry After)> pairs)
    {
        foreach (var side in new[] { before, after })
        {
            if (!side.Report.Complete)
                yield return $"{side.Name} was interrupted: what is missing was not run.";
            foreach (var error in side.Report.LabErrors)
                yield return $"{side.Name} has a lab error: {error}";
        }

        if (before.Phone is not null || after.Phone is not null)
            yield break;
        foreach (var phone in before.Report.Phones.Where(phone => pairs.All(pair => pair.Before != phone)))
            yield return $"The phone {phone.Id} is in {before.Name} only.";
        foreach (var phone in after.Report.Phones.Where(phone => pairs.All(pair => pair.After != phone)))
            yield return $"The phone {phone.Id} is in {after.Name} only.";
    }

    private static string Ids(RunSide side) => string.Join(", ", side.Report.Phones.Select(phone => phone.Id));
}
