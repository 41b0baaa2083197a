using OpenStage.Fixtures.Transcripts;

namespace OpenStage.Simulator.Tests.Flows;

/// <summary>A line of <c>fixtures/flows/coverage.txt</c>: a row of the protocol reference and what a flow must have to show it.</summary>
/// <param name="Row">Such as §5.1 busy.</param>
/// <param name="Flow">Name of the flow without its ending.</param>
/// <param name="Steps">Words of steps that follow one another, see <see cref="FlowWords"/>.</param>
/// <param name="Texts">Texts that occur in messages of the flow.</param>
internal sealed record FlowProof(string Row, string Flow, IReadOnlyList<string> Steps, IReadOnlyList<string> Texts)
{
    public static IReadOnlyList<FlowProof> All { get; } =
        [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "flows", "coverage.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(Parse)];

    /// <summary>What the flow lacks, or empty.</summary>
    public string Missing(FlowFile flow)
    {
        if (!FlowWords.Has(flow, Steps))
            return $"the steps {string.Join(" > ", Steps)}; it has {string.Join(" > ", FlowWords.Of(flow))}";
        return Texts.FirstOrDefault(text => !flow.Steps.Any(step => step.Text.Contains(text, StringComparison.Ordinal))) is { } text ? $"the text {text}" : "";
    }

    /// <exception cref="FormatException">The line has fewer than three fields; the message names it.</exception>
    private static FlowProof Parse(string line)
    {
        var fields = line.Split(" | ", StringSplitOptions.TrimEntries);
        return fields.Length >= 3 ? new FlowProof(fields[0], fields[1], fields[2].Split(" > "), fields[3..])
            : throw new FormatException($"coverage.txt: '{line}' has {fields.Length} fields; row, flow and steps are needed.");
    }
}
