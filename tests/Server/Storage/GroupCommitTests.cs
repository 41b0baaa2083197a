using Microsoft.Data.Sqlite;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Tests.Storage;

/// <summary>What many write at the same time goes to the disk together, and each of them fails alone.</summary>
public sealed class GroupCommitTests : StoreFixture
{
    [Test]
    public async Task Of_those_who_write_together_only_who_fails_is_undone()
    {
        List<Task<bool>> good = [];
        Task<bool>? broken = null;

        await TogetherAsync(() =>
        {
            good.AddRange(Enumerable.Range(1, 3).Select(Save));
            broken = Store.WriteAsync<bool>(null, session =>
            {
                session.Save(Phone(9));
                throw new InvalidOperationException("broken");
            });
            good.AddRange(Enumerable.Range(4, 3).Select(Save));
            Assert.That(good.Append(broken).Any(task => task.IsCompleted), Is.False);
        });

        await Task.WhenAll(good);
        Assert.That(async () => await broken!, Throws.InvalidOperationException.With.Message.EqualTo("broken"));
        Reopen();
        Assert.That(Store.Read(session => session.Macs(new DeviceFilter())), Is.EqualTo(Enumerable.Range(1, 6).Select(Mac)));
    }

    [TestCase(1, false)]
    [TestCase(1, true)]
    [TestCase(2, false)]
    [TestCase(2, true)]
    public async Task What_the_store_refuses_of_one_is_undone_with_all_that_this_one_wrote(int writes, bool readsMeanwhile)
    {
        List<Task<bool>> good = [];
        Task<bool>? broken = null;
        await TogetherAsync(() =>
        {
            good.AddRange(Enumerable.Range(1, 3).Select(Save));
            broken = Store.WriteAsync(null, session =>
            {
                for (var number = 1; number < writes; number++)
                    session.Save(Phone(8));
                if (readsMeanwhile)
                    session.NextJobId();
                // The column takes no null.
                session.Save(Phone(9) with { Model = null! });
                return true;
            });
            good.AddRange(Enumerable.Range(4, 3).Select(Save));
        });

        await Task.WhenAll(good);
        Assert.That(async () => await broken!, Throws.TypeOf<SqliteException>().With.Message.Contains("NOT NULL"));
        Assert.That(Store.Read(session => session.Device(Mac(8)) ?? session.Device(Mac(9))), Is.Null);
        Reopen();
        Assert.That(Store.Read(session => session.Macs(new DeviceFilter())), Is.EqualTo(Enumerable.Range(1, 6).Select(Mac)));
        Assert.That(Store.Write(session => session.NextJobId()), Is.EqualTo(1));
    }

    [Test]
    public async Task Each_of_those_who_write_together_reads_what_it_wrote()
    {
        List<Task<(long, int)>> found = [];
        await TogetherAsync(() => found.AddRange(Enumerable.Range(1, 3).Select(number => Store.WriteAsync(null, session =>
        {
            session.Save(Phone(number));
            var phones = session.CountDevices(new DeviceFilter());
            session.Learn(Mac(number), [new Item("e164", "1")], all: false, DateTimeOffset.UnixEpoch);
            session.Learn(Mac(number), [new Item("e164", "2")], all: false, DateTimeOffset.UnixEpoch);
            return (phones, session.ItemChanges(Mac(number), 10).Count);
        }))));

        Assert.That(await Task.WhenAll(found), Is.EqualTo(new[] { (1, 1), (2, 1), (3, 1) }));
    }

    [Test]
    public void A_transaction_inside_another_is_refused_and_the_store_goes_on()
    {
        Assert.That(() => Store.Write(_ => Store.Write(session => session.NextJobId())), Throws.InvalidOperationException);
        Assert.That(Store.Write(session => session.NextJobId()), Is.EqualTo(1));
    }

    [Test]
    public void Nobody_waits_for_a_store_that_was_closed()
    {
        Store.Dispose();
        for (var time = 0; time < 2; time++)
        {
            var late = Save(1);
            Assert.That(late.IsCompleted, "it is told at once");
            Assert.That(late.Exception, Is.Not.Null);
        }
    }

    [Test]
    public async Task Who_queued_before_the_store_was_closed_is_on_the_disk()
    {
        Task<bool>[] saved = [.. Enumerable.Range(1, 50).Select(Save)];
        Store.Dispose();
        Store.Dispose();
        Assert.That(await Task.WhenAll(saved), Is.All.True);
        Reopen();
        Assert.That(Store.Read(session => session.Macs(new DeviceFilter())), Has.Count.EqualTo(50));
    }

    private static string Mac(int number) => $"00:1A:E8:00:00:{number:X2}";

    private static Device Phone(int number) => new() { Mac = Mac(number) };

    private Task<bool> Save(int number) => Store.WriteAsync(null, session =>
    {
        session.Save(Phone(number));
        return true;
    });
}
