namespace OpenStage.Server.Pages.SettingsPages;

/// <summary>Settings that belong together, as they are shown: never a secret.</summary>
public sealed record SettingsGroup(string Title, IReadOnlyList<KeyValuePair<string, string>> Settings);
