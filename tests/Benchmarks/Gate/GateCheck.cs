using System.Globalization;

namespace OpenStage.Benchmarks.Gate;

/// <summary>Holds what was measured against what is checked in.</summary>
internal static class GateCheck
{
    /// <summary>Ratios to the floor may be a quarter worse: they do differ from processor to processor.</summary>
    public const double AllowedShare = 0.25;

    /// <returns>What is wrong, in sentences; empty when nothing is.</returns>
    public static IReadOnlyList<string> Problems(IReadOnlyList<GateEntry> expected, IReadOnlyList<GateEntry> measured)
    {
        var found = measured.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var entry in expected)
        {
            if (!found.Remove(entry.Name, out var now))
            {
                problems.Add($"{entry.Name} is in the file, but no operation of this program.");
                continue;
            }

            if (now.AllocatedBytes != entry.AllocatedBytes)
                problems.Add(Text($"{entry.Name} allocates {now.AllocatedBytes} bytes; allowed: exactly {entry.AllocatedBytes}.{(now.AllocatedBytes < entry.AllocatedBytes ? " That is better: record it." : "")}"));
            if (IsSlow(entry, now.Ratio))
                problems.Add(Text($"{entry.Name} takes {now.Ratio:G4} times its floor; allowed: at most {Most(entry):G4}, which is {entry.Ratio:G4} and {AllowedShare:P0}."));
        }

        problems.AddRange(found.Keys.Order(StringComparer.Ordinal).Select(name => $"{name} is measured, but not in the file: record it."));
        return problems;
    }

    /// <summary>True when a ratio to the floor is more than is let through.</summary>
    public static bool IsSlow(GateEntry entry, double ratio) => !(ratio <= Most(entry));

    private static double Most(GateEntry entry) => entry.Ratio * (1 + AllowedShare);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
