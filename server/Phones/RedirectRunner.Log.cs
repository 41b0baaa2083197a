namespace OpenStage.Server.Phones;

internal sealed partial class RedirectRunner
{
    [LoggerMessage(5001, LogLevel.Information, "{Mac}: redirect {What}")]
    private static partial void LogDone(ILogger logger, string mac, string what);

    [LoggerMessage(5002, LogLevel.Warning, "{Mac}: redirect failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, string mac, string reason);

    [LoggerMessage(5003, LogLevel.Error, "redirects: an error of the server")]
    private static partial void LogBroken(ILogger logger, Exception exception);
}
