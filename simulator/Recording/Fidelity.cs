namespace OpenStage.Simulator.Recording;

/// <summary>How like a recorded message an emulated one is.</summary>
public enum Fidelity
{
    /// <summary>The same bytes, but for nonce, cookie, lengths and the phone's own address.</summary>
    Exact,

    /// <summary>The same content in another spelling.</summary>
    Canonical,

    /// <summary>Another content.</summary>
    Different,

    /// <summary>The emulated phone said nothing.</summary>
    Missing,
}
