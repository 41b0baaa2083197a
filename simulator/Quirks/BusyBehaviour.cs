namespace OpenStage.Simulator.Quirks;

/// <summary>What a phone in a call answers to WriteItems.</summary>
public enum BusyBehaviour
{
    /// <summary>busy, without ItemList (WPI guide p.46).</summary>
    Busy,
    Accepts,
    Failed,
    WithItemList,
    BusyButApplies,
}
