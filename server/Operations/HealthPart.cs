namespace OpenStage.Server.Operations;

/// <summary>One thing that a server needs to be ready.</summary>
/// <param name="Name">store, phones, administration or running.</param>
/// <param name="Ok">True when nothing is wrong with it.</param>
/// <param name="Milliseconds">How long the look at it took.</param>
/// <param name="Detail">What was found; never a secret.</param>
public sealed record HealthPart(string Name, bool Ok, double Milliseconds, string Detail);
