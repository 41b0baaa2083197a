using System.Text;

namespace OpenStage.Simulator.Tests.Flows;

/// <summary>The difference of two texts as people read it: lines with -, + and three lines around them.</summary>
internal static class LineDiff
{
    private const int Around = 3;

    /// <summary>Empty when the texts are the same.</summary>
    public static string Between(string expected, string actual)
    {
        if (expected == actual)
            return "";
        var lines = Lines(expected.Split('\n'), actual.Split('\n'));
        var text = new StringBuilder();
        var last = -1;
        for (var number = 0; number < lines.Count; number++)
        {
            var near = lines.Skip(Math.Max(0, number - Around)).Take(Math.Min(number, Around) + Around + 1);
            if (near.All(line => line.Mark == ' '))
                continue;
            if (number > last + 1)
                text.Append("@@ line ").Append(lines[number].Number).Append(" @@\n");
            last = number;
            text.Append(lines[number].Mark).Append(lines[number].Text).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>All lines of both, by the longest common run of lines; numbers are those of the expected text, from 1.</summary>
    private static List<(char Mark, int Number, string Text)> Lines(string[] expected, string[] actual)
    {
        var common = new int[expected.Length + 1, actual.Length + 1];
        for (var left = expected.Length - 1; left >= 0; left--)
        {
            for (var right = actual.Length - 1; right >= 0; right--)
                common[left, right] = expected[left] == actual[right] ? common[left + 1, right + 1] + 1 : Math.Max(common[left + 1, right], common[left, right + 1]);
        }

        var lines = new List<(char, int, string)>();
        var (from, to) = (0, 0);
        while (from < expected.Length || to < actual.Length)
        {
            if (from < expected.Length && to < actual.Length && expected[from] == actual[to])
                (_, to) = (Add(' ', expected[from++]), to + 1);
            else if (from < expected.Length && (to == actual.Length || common[from + 1, to] >= common[from, to + 1]))
                Add('-', expected[from++]);
            else
                Add('+', actual[to++]);
        }

        return lines;

        int Add(char mark, string line)
        {
            lines.Add((mark, mark == '+' ? from + 1 : from, line));
            return lines.Count;
        }
    }
}
