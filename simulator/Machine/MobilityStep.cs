namespace OpenStage.Simulator.Machine;

/// <summary>Where a phone stands with its mobile user.</summary>
internal enum MobilityStep
{
    LoggedOff,
    LoggingOn,
    LoggedOn,
    LoggingOff,
}
