namespace OpenStage.Simulator.Fleet;

/// <summary>How the phones of a fleet come.</summary>
internal enum ArrivalKind
{
    /// <summary>All are switched on at once.</summary>
    Storm,

    /// <summary>So many a second.</summary>
    Ramp,

    /// <summary>They ramp up, lose power together, and get it back together, spread over some seconds.</summary>
    Blackout,

    /// <summary>They ramp up, then are restarted some at a time, each group when the one before is back.</summary>
    RollingRestart,
}
