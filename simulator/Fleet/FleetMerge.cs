namespace OpenStage.Simulator.Fleet;

/// <summary>Makes one result of those of several machines that shared a fleet.</summary>
internal static class FleetMerge
{
    /// <param name="results">Results with the names of their files, at least one.</param>
    /// <exception cref="ArgumentException">They are not of one fleet, or of the same shard; the message names the file.</exception>
    public static FleetResult Of(IReadOnlyList<(string File, FleetResult Result)> results)
    {
        var (firstFile, first) = results[0];
        var shards = new Dictionary<string, string>();
        foreach (var (file, result) in results)
        {
            foreach (var (key, value, wanted) in new[] { ("seed", $"{result.Seed}", $"{first.Seed}"), ("count", $"{result.Count}", $"{first.Count}"), ("title", result.Title, first.Title) })
            {
                if (value != wanted)
                    throw new ArgumentException($"{file}: {key}: '{value}' is not allowed; allowed is '{wanted}' as in {firstFile}, as only results of one fleet can be merged.");
            }

            foreach (var shard in result.Shards)
            {
                if (!shards.TryAdd(shard, file))
                    throw new ArgumentException($"{file}: shards: '{shard}' is not allowed; allowed are shards that no other file has, and {shards[shard]} has it.");
            }
        }

        var all = results.Select(entry => entry.Result).ToList();
        return first with
        {
            Phones = all.Sum(result => result.Phones),
            Shards = [.. shards.Keys.Order(StringComparer.Ordinal)],
            Models = Sum(all.SelectMany(result => result.Models)),
            Quirks = Sum(all.SelectMany(result => result.Quirks)),
            Answers = [.. Enum.GetValues<FleetQuestion>().Select(question => Answer(question, all)).OfType<FleetAnswer>()],
            Totals = new FleetTotals(all.Sum(one => one.Totals.Interactions), all.Sum(one => one.Totals.Messages), all.Sum(one => one.Totals.BytesSent), all.Sum(one => one.Totals.BytesReceived)),
            Connect = FleetLatency.Sum(all.Select(result => result.Connect)),
            Handshake = FleetLatency.Sum(all.Select(result => result.Handshake)),
            Answer = FleetLatency.Sum(all.Select(result => result.Answer)),
            Errors = [.. all.SelectMany(result => result.Errors).GroupBy(error => error.Kind).Select(kind => new FleetError(kind.Key, kind.Sum(error => error.Count))).OrderByDescending(error => error.Count).ThenBy(error => error.Kind, StringComparer.Ordinal)],
            Machines = [.. all.SelectMany(result => result.Machines)],
        };
    }

    /// <summary>From the first begin to the last end, by the clocks of the machines.</summary>
    private static FleetAnswer? Answer(FleetQuestion question, List<FleetResult> all)
    {
        var given = all.SelectMany(result => result.Answers).Where(answer => answer.Question == question).ToList();
        var asked = given.Where(answer => answer is { Asked: true, Begun: not null, Seconds: not null }).ToList();
        if (asked.Count == 0)
            return given.FirstOrDefault();
        var begun = asked.Min(answer => answer.Begun!.Value);
        return asked[0] with
        {
            Begun = begun,
            Seconds = (asked.Max(answer => answer.Begun!.Value.AddSeconds(answer.Seconds!.Value)) - begun).TotalSeconds,
            Phones = asked.Sum(answer => answer.Phones),
            Done = asked.Sum(answer => answer.Done),
        };
    }

    private static IReadOnlyList<FleetShare> Sum(IEnumerable<FleetShare> shares) =>
        [.. shares.GroupBy(share => share.Name).Select(name => new FleetShare(name.Key, name.Sum(share => share.Phones))).OrderBy(share => share.Name, StringComparer.Ordinal)];
}
