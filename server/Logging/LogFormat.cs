namespace OpenStage.Server.Logging;

/// <summary>How a log line is written.</summary>
internal enum LogFormat
{
    /// <summary>For people: one line of text.</summary>
    Text,

    /// <summary>For log collectors: one JSON object a line.</summary>
    Json,
}
