namespace OpenStage.Server.Admin;

/// <summary>An item to be read or written.</summary>
public sealed record NewJobItem(string? Name, string? Value = null, int? Index = null);
