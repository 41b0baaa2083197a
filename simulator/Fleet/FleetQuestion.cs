namespace OpenStage.Simulator.Fleet;

/// <summary>What a fleet is for.</summary>
internal enum FleetQuestion
{
    /// <summary>How long until all are up at first, where they then lose their power or restart?</summary>
    UpAtFirst,

    /// <summary>How long until all are back after they started up?</summary>
    SteadyAfterBoot,

    /// <summary>How long until a setting is applied to all?</summary>
    ApplyToAll,

    /// <summary>How long until all is read from all?</summary>
    ReadFromAll,

    /// <summary>The same as <see cref="ApplyToAll"/> while everyone informs of local changes.</summary>
    ApplyWhileInforming,

    /// <summary>The same as <see cref="ReadFromAll"/> while everyone informs of local changes.</summary>
    ReadWhileInforming,
}
