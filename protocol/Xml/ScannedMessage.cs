using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Xml;

/// <summary>What a message of either direction consists of, before reasons and actions are given a meaning.</summary>
internal sealed class ScannedMessage
{
    // A body may deviate in every few bytes; more than this helps nobody and only takes memory.
    private const int MaxObservations = 1000;

    public Dictionary<string, ScannedText> MessageAttributes { get; } = [];

    /// <summary>ReasonForContact of a phone's message, Action of a server's; null when missing.</summary>
    public ScannedText? Head { get; set; }

    public Dictionary<string, ScannedText> HeadAttributes { get; } = [];

    public List<Item>? Items { get; set; }

    public List<Observation> Observations { get; } = [];

    public void Observe(string code, string expected, string actual, int? page, int line, int column)
    {
        if (Observations.Count < MaxObservations)
            Observations.Add(new Observation(code, expected, actual, page) { Line = line, Column = column });
        else if (Observations.Count == MaxObservations)
            Observations.Add(new Observation("more-deviations", $"at most {MaxObservations} deviations", "more, not listed") { Line = line, Column = column });
    }
}
