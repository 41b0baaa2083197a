namespace OpenStage.Harness.SelfTest;

/// <summary>A quirk of a phone, or a fault of a service, that some case should catch.</summary>
/// <param name="Id">Such as QK-001, or SF-001 for a fault.</param>
/// <param name="Summary">What it does, as a sentence.</param>
public sealed record TestedQuirk(string Id, string Name, string Summary);
