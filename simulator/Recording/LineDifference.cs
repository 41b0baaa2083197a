namespace OpenStage.Simulator.Recording;

/// <summary>What differs between two texts, line by line and in order: a line that has only moved is shown too.</summary>
internal static class LineDifference
{
    /// <summary>Beyond so many comparisons the middle is shown as a whole: nobody reads such a difference line by line.</summary>
    private const long MostCells = 4_000_000;

    /// <returns>- for lines of the first, + for lines of the second, none for what both have.</returns>
    public static string Of(IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        var start = 0;
        while (start < first.Count && start < second.Count && first[start] == second[start])
            start++;
        var end = 0;
        while (end < first.Count - start && end < second.Count - start && first[^(end + 1)] == second[^(end + 1)])
            end++;
        return string.Join('\n', Middle([.. first.Skip(start).SkipLast(end)], [.. second.Skip(start).SkipLast(end)]));
    }

    private static IEnumerable<string> Middle(string[] first, string[] second)
    {
        if ((long)first.Length * second.Length > MostCells)
            return first.Select(line => "- " + line).Concat(second.Select(line => "+ " + line));

        // Longest common subsequence, from the end so that it can be walked from the start.
        var common = new int[first.Length + 1, second.Length + 1];
        for (var i = first.Length - 1; i >= 0; i--)
        {
            for (var j = second.Length - 1; j >= 0; j--)
                common[i, j] = first[i] == second[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var lines = new List<string>();
        var (left, right) = (0, 0);
        while (left < first.Length || right < second.Length)
        {
            if (left < first.Length && right < second.Length && first[left] == second[right])
                (left, right) = (left + 1, right + 1);
            else if (right == second.Length || (left < first.Length && common[left + 1, right] >= common[left, right + 1]))
                lines.Add("- " + first[left++]);
            else
                lines.Add("+ " + second[right++]);
        }

        return lines;
    }
}
