using OpenStage.Protocol.Messages;

namespace OpenStage.Protocol.Fragments;

/// <summary>
/// Puts the fragments of a phone's reply together (WPI guide p.70). A value: adding a fragment gives a new assembler,
/// so that it can be stored between two messages.
/// </summary>
public sealed record FragmentAssembler
{
    /// <summary>Most fragments of one reply; beyond it the phone is taken to loop.</summary>
    public const int MaxFragments = 200;

    /// <summary>Most items of one reply, over all fragments.</summary>
    public const int MaxItems = 20_000;

    public static FragmentAssembler Empty { get; } = new();

    /// <summary>Items of all fragments so far, in order.</summary>
    public IReadOnlyList<Item> Items { get; init; } = [];

    public int Fragments { get; init; }

    /// <summary>True after the last fragment.</summary>
    public bool Complete { get; init; }

    /// <summary>Why no more is taken; null while all is well.</summary>
    public Observation? Refusal { get; init; }

    public FragmentAssembler Add(WorkpointMessage fragment)
    {
        if (Refusal is not null)
            return this;

        var count = Items.Count + (fragment.Items?.Count ?? 0);
        if (Fragments >= MaxFragments)
            return this with { Refusal = new Observation("fragments-without-end", $"at most {MaxFragments} fragments", "more", 70) };
        if (count > MaxItems)
            return this with { Refusal = new Observation("fragments-without-end", $"at most {MaxItems} items in all fragments", $"{count}", 70) };

        return this with
        {
            // Most replies have one fragment, whose items are taken as they are.
            Items = Items.Count == 0 ? fragment.Items ?? [] : [.. Items, .. fragment.Items ?? []],
            Fragments = Fragments + 1,
            Complete = !fragment.HasNextFragment,
        };
    }
}
