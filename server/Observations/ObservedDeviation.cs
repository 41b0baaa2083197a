using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Observations;

/// <summary>A deviation from the guide that the server saw in a phone.</summary>
/// <param name="Mac">The phone, or empty when it is not known.</param>
public sealed record ObservedDeviation(string Mac, DateTimeOffset At, Observation Observation);
