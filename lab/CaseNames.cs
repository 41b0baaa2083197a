using OpenStage.Conformance;

namespace OpenStage.Lab;

/// <summary>Finds the cases that somebody may have meant.</summary>
internal static class CaseNames
{
    private const int Most = 5;

    /// <summary>The ids of the suite that are nearest to one that it does not have, nearest first.</summary>
    public static IReadOnlyList<string> Near(string id) =>
    [
        .. CaseSuite.All.Concat(CaseSuite.Services).Select(info => info.Id).Distinct()
            .OrderBy(known => known.Contains(id, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(known, id)).ThenBy(known => known, StringComparer.Ordinal).Take(Most),
    ];

    /// <summary>The nearest ids in words.</summary>
    public static string Suggest(string id) => $"no such case; near are {string.Join(", ", Near(id))}";

    /// <summary>Least number of letters to put in, leave out or replace.</summary>
    private static int Distance(string first, string second)
    {
        var row = Enumerable.Range(0, second.Length + 1).ToArray();
        foreach (var letter in first)
        {
            var diagonal = row[0]++;
            for (var i = 1; i <= second.Length; i++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(letter) == char.ToLowerInvariant(second[i - 1]) ? 0 : 1);
                diagonal = row[i];
                row[i] = Math.Min(replaced, Math.Min(row[i], row[i - 1]) + 1);
            }
        }

        return row[^1];
    }
}
