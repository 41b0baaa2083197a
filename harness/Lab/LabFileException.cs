namespace OpenStage.Harness.Lab;

/// <summary>A lab file cannot be used; the message has one line a problem, each with file, line, key and what is allowed.</summary>
public sealed class LabFileException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
