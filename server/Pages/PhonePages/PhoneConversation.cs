using OpenStage.Server.Transcripts;

namespace OpenStage.Server.Pages.PhonePages;

/// <summary>What was said from one message that begins something to the next.</summary>
/// <param name="Began">When the first exchange began.</param>
public sealed record PhoneConversation(DateTimeOffset Began, IReadOnlyList<SequenceArrow> Arrows)
{
    internal static IReadOnlyList<PhoneConversation> Of(IReadOnlyList<TranscriptEntry> entries, DateTimeOffset start)
    {
        var all = new List<(DateTimeOffset Began, List<SequenceArrow> Arrows)>();
        foreach (var entry in entries)
        {
            var (arrows, begins) = SequenceArrow.Of(entry);
            if (begins || all.Count == 0)
                all.Add((start + TimeSpan.FromSeconds(entry.OffsetSeconds), []));
            all[^1].Arrows.AddRange(arrows);
        }

        return [.. all.AsEnumerable().Reverse().Select(one => new PhoneConversation(one.Began, one.Arrows))];
    }
}
