namespace OpenStage.Server.Campaigns;

/// <summary>One line of what happened to a campaign; never a secret.</summary>
public sealed record CampaignHistoryLine(DateTimeOffset At, string Text);
