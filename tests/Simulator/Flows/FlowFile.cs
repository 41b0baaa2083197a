using System.Runtime.CompilerServices;
using System.Text;

namespace OpenStage.Simulator.Tests.Flows;

/// <summary>
/// A golden transcript of <c>fixtures/flows</c>: head lines <c>key: value</c>, then steps that begin with <c>== </c>. It is
/// both the script of the service and what the phone must send, byte for byte but for the placeholders in braces.
/// </summary>
internal sealed record FlowFile
{
    public required string Name { get; init; }

    public required ILookup<string, string> Head { get; init; }

    public required IReadOnlyList<FlowStep> Steps { get; init; }

    public string Title => Value("title", "");

    /// <summary>Rows of the protocol reference that it covers, such as §7.6.</summary>
    public IEnumerable<string> Covers => Head["covers"].SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "flows");

    public string Value(string key, string otherwise) => Head[key].FirstOrDefault() ?? otherwise;

    public static IReadOnlyList<string> All { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.flow").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static FlowFile Read(string name)
    {
        var lines = File.ReadAllText(Path.Combine(Folder, name + ".flow")).ReplaceLineEndings("\n").Split('\n');
        var first = Array.FindIndex(lines, line => line.StartsWith("== ", StringComparison.Ordinal));
        var head = lines[..first].Where(line => line.Contains(':', StringComparison.Ordinal))
            .ToLookup(line => line.Split(':')[0].Trim(), line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        var steps = new List<FlowStep>();
        var text = new StringBuilder();
        for (var line = first; line < lines.Length; line++)
        {
            if (lines[line].StartsWith("== ", StringComparison.Ordinal))
            {
                Close();
                steps.Add(new FlowStep(lines[line][3..].Trim(), ""));
            }
            else
            {
                text.Append(lines[line]).Append('\n');
            }
        }

        Close();
        return new FlowFile { Name = name, Head = head, Steps = steps };

        void Close()
        {
            if (steps.Count > 0)
                steps[^1] = steps[^1] with { Text = text.ToString().Trim('\n') };
            text.Clear();
        }
    }

    /// <summary>Writes the file in the source tree anew, with what was seen in the place of what was expected.</summary>
    public static void Write(FlowFile flow, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "fixtures", "flows", flow.Name + ".flow");
        var head = File.ReadAllText(path).ReplaceLineEndings("\n");
        head = head[..head.IndexOf("== ", StringComparison.Ordinal)];
        File.WriteAllText(path, head + string.Concat(flow.Steps.Select(step => $"== {step.Kind}\n{(step.Text.Length > 0 ? step.Text + "\n" : "")}")));
    }
}
