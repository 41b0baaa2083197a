using NUnit.Framework;
using OpenStage.Harness.Reports;

namespace OpenStage.Lab.Tests;

[TestFixture]
public sealed class PartialReportTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("openstage-partial-test-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task The_run_goes_on_while_a_report_is_written_and_its_end_waits_for_it()
    {
        using var goOn = new ManualResetEventSlim();
        var partial = new PartialReport(folder, () =>
        {
            goOn.Wait(Patience);
            return Report();
        });

        var update = Task.Run(partial.Update);
        Assert.That(await Task.WhenAny(update, Task.Delay(Patience / 3, TimeProvider.System)), Is.SameAs(update));
        var end = partial.EndAsync();
        Assert.That(end.IsCompleted, Is.False);
        Assert.That(Path.Combine(folder, "report.html"), Does.Not.Exist);

        goOn.Set();
        await end.WaitAsync(Patience);
        Assert.That(Path.Combine(folder, "report.html"), Does.Exist);
    }

    [Test]
    public async Task Results_that_come_while_a_report_is_written_start_no_other_one()
    {
        using var goOn = new ManualResetEventSlim();
        var made = 0;
        var partial = new PartialReport(folder, () =>
        {
            Interlocked.Increment(ref made);
            goOn.Wait(Patience);
            return Report();
        });
        for (var result = 0; result < 5; result++)
            partial.Update();
        goOn.Set();
        await partial.EndAsync().WaitAsync(Patience);
        Assert.That(made, Is.EqualTo(1));
    }

    private static RunReport Report() => new()
    {
        RunId = "1",
        StartedAt = DateTimeOffset.UnixEpoch,
        DurationSeconds = 1,
        Seed = 1,
        LabFile = "lab.json",
        Complete = false,
        Phones = [],
        Cases = [],
        Results = [],
    };
}
