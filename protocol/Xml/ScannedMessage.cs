using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Xml;

/// <summary>What a message of either direction consists of, before reasons and actions are given a meaning.</summary>
internal sealed class ScannedMessage
{
    public Dictionary<string, ScannedText> MessageAttributes { get; } = [];

    /// <summary>ReasonForContact of a phone's message, Action of a server's; null when missing.</summary>
    public ScannedText? Head { get; set; }

    public Dictionary<string, ScannedText> HeadAttributes { get; } = [];

    public List<Item>? Items { get; set; }

    public List<Observation> Observations { get; } = [];

    public void Observe(string code, string expected, string actual, int? page, int line, int column) =>
        Observations.Add(new Observation(code, expected, actual, page) { Line = line, Column = column });
}
