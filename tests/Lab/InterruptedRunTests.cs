using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;
using OpenStage.Harness.Reports;

namespace OpenStage.Lab.Tests;

/// <summary>A run that is ended before its time leaves a report that can be read and says so.</summary>
[TestFixture]
public sealed class InterruptedRunTests
{
    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("openstage-interrupted-test-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_run_that_is_killed_leaves_a_partial_report()
    {
        using var run = await StartedAsync();
        run.Kill();
        await run.WaitForExitAsync();

        var report = Report();
        Assert.That(report.Complete, Is.False);
        Assert.That(report.Results, Is.Not.Empty);
        Assert.That(report.PlannedResults, Is.GreaterThan(report.Results.Count));
        Assert.That(File.ReadAllText(Path.Combine(folder, "out", "report.html")), Does.Contain("interrupted"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no signal that one process can send another's console")]
    public async Task A_run_that_is_told_to_end_leaves_a_partial_report_and_the_exit_code_of_a_lab_error()
    {
        using var run = await StartedAsync();
        // Not SIGINT, which is Ctrl-C and taken alike: the children of a process in the background do not get it.
        using (var kill = Process.Start("kill", ["-TERM", run.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        var said = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();

        var report = Report();
        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(report.Complete, Is.False);
        Assert.That(report.Results, Has.Count.GreaterThanOrEqualTo(25));
        Assert.That(report.PlannedResults, Is.GreaterThan(report.Results.Count));
        Assert.That(said.ReplaceLineEndings(" "), Does.Contain(string.Create(CultureInfo.InvariantCulture, $"The run was interrupted; the report has {report.Results.Count} of {report.PlannedResults} results.")));
    }

    /// <summary>The lab command on one phone, once it has told of 25 results and a report is there, which is written beside the run.</summary>
    private async Task<Process> StartedAsync()
    {
        var lab = Path.Combine(folder, "lab.json");
        await File.WriteAllTextAsync(lab, """{ "phones": [ { "id": "p", "mac": "00:1A:E8:0C:00:01", "model": "OpenStage 40" } ] }""");
        var run = Process.Start(new ProcessStartInfo("dotnet", [typeof(LabCommand).Assembly.Location, "run", lab, "--out", Path.Combine(folder, "out")])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        while (await run.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.Contains("25 of", StringComparison.Ordinal))
                continue;
            while (!run.HasExited && !File.Exists(Path.Combine(folder, "out", "report.html")))
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            return run;
        }

        throw new InvalidOperationException("The run ended before it told of 25 results.");
    }

    private RunReport Report() => ReportJson.Read(Path.Combine(folder, "out", "report.json"));
}
