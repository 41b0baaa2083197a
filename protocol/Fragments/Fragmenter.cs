using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Fragments;

/// <summary>Splits a phone's reply into fragments (WPI guide p.69-70).</summary>
public static class Fragmenter
{
    /// <summary>Splits by number of items or by bytes, whichever is reached first.</summary>
    /// <param name="message">The whole reply; its fragment mark is replaced.</param>
    /// <param name="maxItems">Most items a fragment; null or -1 for no limit.</param>
    /// <param name="maxBytes">Most bytes a message, 50 kB by the guide.</param>
    /// <returns>At least one message; all but the last are marked next, the last final.</returns>
    public static IReadOnlyList<WorkpointMessage> Split(WorkpointMessage message, int? maxItems, int maxBytes)
    {
        var frame = WorkpointWriter.Write(message with { Items = [], Fragment = FragmentMark.Final }).Length + 32;
        var parts = Packing.Pack((message.Items ?? []).Select(item => (IReadOnlyList<Item>)[item]), maxItems, Math.Max(1, maxBytes - frame));
        // A mark in the other place would contradict the new ones.
        message = message with { ReasonFragment = FragmentMark.None };
        if (parts.Count <= 1)
            return [message with { Fragment = FragmentMark.Final }];

        return [.. parts.Select((items, number) => message with
        {
            Items = items,
            Fragment = number == parts.Count - 1 ? FragmentMark.Final : FragmentMark.Next,
        })];
    }
}
