using NUnit.Framework;
using OpenStage.Harness.Clock;

namespace OpenStage.Lab.Tests;

/// <summary>Folders of runs by date: which are made, which are taken away, and which are never touched.</summary>
[TestFixture]
public sealed class RunFoldersTests
{
    private readonly ManualClock clock = new();
    private string root = "";
    private RunFolders folders = null!;

    [SetUp]
    public void Make()
    {
        root = Directory.CreateTempSubdirectory("openstage-runs-").FullName;
        folders = new RunFolders(root, clock);
    }

    [TearDown]
    public void Delete() => Directory.Delete(root, recursive: true);

    [Test]
    public void A_folder_is_named_by_its_UTC_time_and_two_of_a_second_have_two_names()
    {
        var name = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(Path.GetFileName(folders.Create()), Is.EqualTo(name));
        Assert.That(Path.GetFileName(folders.Create()), Is.EqualTo($"{name}-2"));
    }

    [TestCase("3", 3)]
    [TestCase("1", 1)]
    [TestCase("2d", 3)]
    [TestCase("30d", 5)]
    public void Old_runs_go_by_number_or_by_age(string keep, int expected)
    {
        var current = FiveNights();
        Assert.That(folders.Prune(current, Retention.Parse(keep)), Is.Empty);
        Assert.That(Directory.GetDirectories(root).Order(StringComparer.Ordinal).Last(), Is.EqualTo(current));
        Assert.That(Directory.GetDirectories(root), Has.Length.EqualTo(expected));
    }

    [Test]
    public void What_was_not_made_here_is_never_deleted()
    {
        Directory.CreateDirectory(Path.Combine(root, "20200101T000000Z"));
        var named = Directory.CreateDirectory(Path.Combine(root, "reports of 2020")).FullName;
        File.WriteAllText(Path.Combine(named, RunFolders.Mark), "");
        folders.Prune(FiveNights(), Retention.Parse("1"));
        var left = Directory.GetDirectories(root).Select(Path.GetFileName).ToList();
        Assert.That(left, Has.Exactly(3).Items);
        Assert.That(left, Is.SupersetOf(new[] { "20200101T000000Z", "reports of 2020" }));
    }

    [TestCase("0")]
    [TestCase("d")]
    [TestCase("-3")]
    [TestCase("10000")]
    [TestCase("2 weeks")]
    public void A_retention_that_is_none_is_refused(string keep) => Assert.That(
        () => Retention.Parse(keep), Throws.TypeOf<FormatException>().With.Message.Contains($"--keep '{keep}' is not allowed; allowed is a number of runs from 1 to 9999"));

    [Test]
    public async Task A_run_that_never_began_leaves_no_folder_and_takes_none_away()
    {
        FiveNights();
        Assert.That(await LabCommand.InvokeAsync(["run", "no-such-lab.json", "--out-root", root, "--keep", "1"]), Is.EqualTo(LabCommand.UsageError));
        Assert.That(Directory.GetDirectories(root), Has.Length.EqualTo(5));
    }

    [TestCase("--keep", "3", "--out", "x")]
    [TestCase("--out-root", "y", "--out", "x")]
    [TestCase("--out-root", "y", "--keep", "none")]
    public async Task Options_that_do_not_go_together_end_with_2(params string[] options)
    {
        Assert.That(await LabCommand.InvokeAsync(["run", "--where", "case == wpi/3.3/1", .. options.Select(word => word.Length == 1 ? Path.Combine(root, word) : word)]), Is.EqualTo(LabCommand.UsageError));
        Assert.That(Directory.GetFileSystemEntries(root), Is.Empty);
    }

    [Test]
    public async Task A_run_writes_its_reports_into_its_own_folder()
    {
        Assert.That(await LabCommand.InvokeAsync(["run", "--where", "case == wpi/3.3/1 and phone == os40", "--out-root", root, "--keep", "1"]), Is.Zero);
        Assert.That(await LabCommand.InvokeAsync(["run", "--where", "case == wpi/3.3/1 and phone == os40", "--out-root", root, "--keep", "1"]), Is.Zero);
        Assert.That(Path.Combine(Directory.GetDirectories(root).Single(), "junit.xml"), Does.Exist);
    }

    /// <summary>Five runs, one a day; the last one is now.</summary>
    private string FiveNights()
    {
        for (var night = 1; night < 5; night++)
        {
            folders.Create();
            clock.Advance(TimeSpan.FromDays(1));
        }

        return folders.Create();
    }
}
