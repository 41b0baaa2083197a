namespace OpenStage.Protocol.Xml;

/// <summary>A text with the place it stood at.</summary>
internal readonly record struct ScannedText(string Text, int Line, int Column);
