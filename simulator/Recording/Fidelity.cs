namespace OpenStage.Simulator.Recording;

/// <summary>How like a recorded message an emulated one is.</summary>
public enum Fidelity
{
    /// <summary>
    /// The same bytes, headers included, but for host, length, the phone's own address and the values of nonces and
    /// cookies; whether a nonce is new, and its form, counts.
    /// </summary>
    Exact,

    /// <summary>The same XML: elements, their order, attributes and values; not white space, order of attributes and headers.</summary>
    Canonical,

    /// <summary>Another content.</summary>
    Different,

    /// <summary>The emulated phone said nothing.</summary>
    Missing,

    /// <summary>The emulated phone said something where the recorded one said nothing.</summary>
    Surplus,
}
