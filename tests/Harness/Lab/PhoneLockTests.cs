using NUnit.Framework;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Verdicts;

namespace OpenStage.Harness.Tests.Lab;

[TestFixture]
public sealed class PhoneLockTests
{
    private const string Mac = "00:1A:E8:00:00:01";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private string folder = "";

    [SetUp]
    public void Make() => folder = Path.Combine(Directory.CreateTempSubdirectory("openstage-lock-test-").FullName, "locks");

    [TearDown]
    public void Delete() => Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);

    [Test]
    public void Two_runs_never_share_a_phone_and_the_second_is_told_who_has_it()
    {
        using var first = PhoneLock.Take(folder, Mac, Now);

        Assert.That(() => PhoneLock.Take(folder, Mac.ToLowerInvariant(), Now), Throws.TypeOf<LabErrorException>().With.Message
            .Contains($"in use by process {Environment.ProcessId} on {Environment.MachineName} since 2026-03-01 12:00:00Z"));
    }

    [Test]
    public void A_phone_that_was_given_back_is_free_and_nothing_is_said()
    {
        PhoneLock.Take(folder, Mac, Now).Dispose();

        using var second = PhoneLock.Take(folder, Mac, Now);
        Assert.That(second.Notice, Is.Empty);
    }

    [Test]
    public void Two_phones_do_not_hinder_each_other()
    {
        using var first = PhoneLock.Take(folder, Mac, Now);
        Assert.That(() => PhoneLock.Take(folder, "00:1A:E8:00:00:02", Now).Dispose(), Throws.Nothing);
    }

    [TestCase("""{"Process":4711,"Host":"lab7","Since":"2026-02-28T23:00:00+00:00"}""", "left by process 4711 on lab7 since 2026-02-28 23:00:00Z, which has ended")]
    [TestCase("""{"Process":47""", "left by a process that wrote no name, which has ended")]
    public void The_lock_of_a_dead_process_is_taken_over_and_said_so(string owner, string expected)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "001AE8000001.lock"), "");
        File.WriteAllText(Path.Combine(folder, "001AE8000001.json"), owner);

        using var taken = PhoneLock.Take(folder, Mac, Now);
        Assert.That(taken.Notice, Does.Contain(expected).And.Contain(Mac));
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_a_lab_error()
    {
        File.WriteAllText(folder, "");
        Assert.That(() => PhoneLock.Take(folder, Mac, Now), Throws.TypeOf<LabErrorException>().With.Message.Contains("cannot be written"));
    }
}
