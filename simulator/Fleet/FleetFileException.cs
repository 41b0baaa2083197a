namespace OpenStage.Simulator.Fleet;

/// <summary>A fleet file cannot be used; the message has one line a problem, each with file, line, key and what is allowed.</summary>
internal sealed class FleetFileException(IReadOnlyList<string> problems) : ArgumentException(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
