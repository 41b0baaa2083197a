namespace OpenStage.Server.Configuration;

/// <summary>The configuration cannot be used.</summary>
/// <param name="problems">Each with where it is, what is there, and what is allowed.</param>
public sealed class ConfigurationException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
