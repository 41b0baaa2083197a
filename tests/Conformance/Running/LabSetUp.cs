using NUnit.Framework;
using OpenStage.Harness.Sessions;

namespace OpenStage.Conformance;

/// <summary>The lab runs from the first case to the last; one that the lab command started is left to it.</summary>
[SetUpFixture]
public sealed class LabSetUp
{
    private readonly List<LabSession> ours = [];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var run = ConformanceRun.Current;
        if (run.Sessions.Count > 0)
            return;
        run.Begin();
        foreach (var part in run.Parts)
            ours.Add(await run.StartAsync(part));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var session in ours)
            await ConformanceRun.Current.StopAsync(session);
    }
}
