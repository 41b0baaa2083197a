namespace OpenStage.Server.Logging;

/// <summary>What is logged, and how.</summary>
internal sealed record LogOptions
{
    /// <summary>Default text.</summary>
    public LogFormat Format { get; init; }

    /// <summary>Least level of lines that are logged. Default information.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Least levels of categories, such as <c>OpenStage.Server.PhoneEndpoint</c> or <c>Microsoft</c> (which has warning unless it is named here).</summary>
    public IReadOnlyDictionary<string, LogLevel> Levels { get; init; } = new Dictionary<string, LogLevel>();
}
