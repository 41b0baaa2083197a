using NUnit.Framework;
using OpenStage.Benchmarks.Codec;
using OpenStage.Benchmarks.Samples;
using OpenStage.Protocol.Xml;

namespace OpenStage.Performance.Tests;

public sealed class SampleTests
{
    [Test]
    public void The_reply_has_460_items_in_28_kB_and_is_read_without_a_remark()
    {
        var bytes = WorkpointWriter.Write(SampleMessages.Reply(1));
        var read = WorkpointReader.Read(bytes);

        Assert.Multiple(() =>
        {
            Assert.That(bytes, Has.Length.InRange(27_000, 29_000));
            Assert.That(read.Message?.Items, Has.Count.EqualTo(460));
            Assert.That(read.Observations, Is.Empty);
        });
    }

    [Test]
    public void No_item_of_the_reply_is_there_twice() =>
        Assert.That(SampleMessages.Reply(1).Items!.Select(item => item.Key), Is.Unique);

    [Test]
    public void One_seed_makes_one_reply_and_another_seed_another()
    {
        var one = WorkpointWriter.Write(SampleMessages.Reply(1));

        Assert.Multiple(() =>
        {
            Assert.That(WorkpointWriter.Write(SampleMessages.Reply(1)), Is.EqualTo(one));
            Assert.That(WorkpointWriter.Write(SampleMessages.Reply(2)), Is.Not.EqualTo(one));
        });
    }

    [Test]
    public void A_server_writes_50_items() => Assert.That(SampleMessages.WriteItems(1).Items, Has.Count.EqualTo(50));

    [Test]
    public void Every_operation_and_every_floor_does_something() => Assert.Multiple(() =>
    {
        foreach (var operation in Operations.All(1))
        {
            Assert.That(operation.Run(), Is.Positive, operation.Name);
            Assert.That(operation.Floor(), Is.Positive, operation.Name);
        }
    });
}
