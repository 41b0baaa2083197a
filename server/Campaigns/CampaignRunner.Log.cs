namespace OpenStage.Server.Campaigns;

internal sealed partial class CampaignRunner
{
    [LoggerMessage(6401, LogLevel.Information, "Campaign {Campaign}: {Count} phones released")]
    private static partial void LogReleased(ILogger logger, long campaign, int count);

    [LoggerMessage(6402, LogLevel.Error, "Campaign {Campaign}: a step failed; it is taken again")]
    private static partial void LogStepFailed(ILogger logger, long campaign, Exception exception);
}
