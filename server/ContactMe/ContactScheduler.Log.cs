namespace OpenStage.Server.ContactMe;

internal sealed partial class ContactScheduler
{
    [LoggerMessage(2001, LogLevel.Information, "{Mac}: contact-me to {Target} answered {Status}")]
    private static partial void LogContacted(ILogger logger, string mac, string target, int status);

    [LoggerMessage(2002, LogLevel.Warning, "{Mac}: contact-me failed: {Reason}")]
    private static partial void LogContactFailed(ILogger logger, string mac, string reason);

    [LoggerMessage(2003, LogLevel.Warning, "{Mac}: interaction {Reason}")]
    private static partial void LogInteractionTimedOut(ILogger logger, string mac, string reason);

    [LoggerMessage(2004, LogLevel.Error, "{Mac}: scheduling failed")]
    private static partial void LogSchedulingFailed(ILogger logger, string mac, Exception exception);
}
