namespace OpenStage.Simulator.Quirks;

/// <param name="habits">What the phone does without them.</param>
/// <summary>The quirks on a phone, and what they make of it message by message: the same for the same seed.</summary>
internal sealed class WornQuirks(IReadOnlyList<QuirkUse> uses, ulong seed, PhoneBehaviour habits)
{
    private readonly bool isConstant = uses.All(use => use.IsConstant);
    private PhoneBehaviour? behaviour;
    private int message;

    public bool IsEmpty => uses.Count == 0;

    /// <param name="number">Number of the phone's message, from 1.</param>
    public PhoneBehaviour For(int number)
    {
        if (behaviour is not null && (isConstant || message == number))
            return behaviour;
        message = number;
        if (uses.Count == 0)
            return behaviour = habits;
        behaviour = habits;
        for (var position = 0; position < uses.Count; position++)
        {
            if (Holds(uses[position], position, number))
                behaviour = uses[position].Quirk.Wear(behaviour);
        }

        return behaviour;
    }

    private bool Holds(QuirkUse use, int position, int number) =>
        (use.First is null || (number >= use.First && number <= use.Last))
        && (use.Percent is not { } percent || Mix(seed ^ ((ulong)position << 48) ^ (ulong)number) % 100 < (ulong)percent);

    private static ulong Mix(ulong mixed)
    {
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
