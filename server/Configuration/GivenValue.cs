namespace OpenStage.Server.Configuration;

/// <summary>A value that somebody gave a setting.</summary>
/// <param name="Origin">Where, such as <c>server.json:12: phonePort</c> or <c>--port</c>.</param>
/// <param name="Text">As it was written.</param>
internal sealed record GivenValue(string Origin, string Text, object? Value);
