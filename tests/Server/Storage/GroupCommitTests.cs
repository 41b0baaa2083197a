using NUnit.Framework;
using OpenStage.Server.Devices;
using OpenStage.Server.Storage;

namespace OpenStage.Server.Tests.Storage;

/// <summary>What many write at the same time goes to the disk together, and each of them fails alone.</summary>
public sealed class GroupCommitTests
{
    private TemporaryFolder folder = null!;
    private Database database = null!;

    [SetUp]
    public void Open()
    {
        folder = new TemporaryFolder();
        database = Database.Open(folder.Path);
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task Of_those_who_write_together_only_who_fails_is_undone()
    {
        using var go = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Task.Run(() => database.Write(_ =>
        {
            entered.SetResult();
            go.Wait(RunningServer.Patience());
            return true;
        }));
        await entered.Task;
        // All of these come while the first is at work.
        var before = Enumerable.Range(1, 3).Select(Save).ToList();
        var broken = database.WriteAsync<bool>(null, session =>
        {
            session.Save(Phone(9));
            throw new InvalidOperationException("broken");
        });
        var after = Enumerable.Range(4, 3).Select(Save).ToList();
        Assert.That(before.Concat(after).Append(broken).Any(task => task.IsCompleted), Is.False);

        go.Set();
        await first;
        await Task.WhenAll(before.Concat(after));
        Assert.That(async () => await broken, Throws.InvalidOperationException.With.Message.EqualTo("broken"));
        database.Dispose();
        database = Database.Open(folder.Path);
        Assert.That(database.Read(session => session.Macs(new DeviceFilter())), Is.EqualTo(Enumerable.Range(1, 6).Select(Mac)));
    }

    [Test]
    public void A_transaction_inside_another_is_refused_and_the_store_goes_on()
    {
        Assert.That(() => database.Write(_ => database.Write(session => session.NextJobId())), Throws.InvalidOperationException);
        Assert.That(database.Write(session => session.NextJobId()), Is.EqualTo(1));
    }

    [Test]
    public void Nobody_waits_for_a_store_that_was_closed()
    {
        database.Dispose();
        for (var time = 0; time < 2; time++)
        {
            var late = Save(1);
            Assert.That(late.IsCompleted, "it is told at once");
            Assert.That(late.Exception, Is.Not.Null);
        }
    }

    private static string Mac(int number) => $"00:1A:E8:00:00:{number:X2}";

    private static Device Phone(int number) => new() { Mac = Mac(number) };

    private Task<bool> Save(int number) => database.WriteAsync(null, session =>
    {
        session.Save(Phone(number));
        return true;
    });
}
