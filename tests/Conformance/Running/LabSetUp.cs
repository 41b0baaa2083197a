using NUnit.Framework;

namespace OpenStage.Conformance;

/// <summary>The lab runs from the first case to the last.</summary>
[SetUpFixture]
public sealed class LabSetUp
{
    [OneTimeSetUp]
    public Task StartAsync() => ConformanceRun.Current.StartAsync();

    [OneTimeTearDown]
    public Task StopAsync() => ConformanceRun.Current.StopAsync();
}
