namespace OpenStage.Protocol.Wire;

/// <summary>Part of a text, from Start up to but without End.</summary>
internal readonly record struct TextRange(int Start, int End);
