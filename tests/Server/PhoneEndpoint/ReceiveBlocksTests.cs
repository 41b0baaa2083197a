using NUnit.Framework;
using OpenStage.Server.PhoneEndpoint;

namespace OpenStage.Server.Tests.PhoneEndpoint;

/// <summary>Memory that connections share, one after the other.</summary>
[TestFixture]
public sealed class ReceiveBlocksTests
{
    private ReceiveBlocks blocks = null!;

    [SetUp]
    public void Begin() => blocks = new ReceiveBlocks();

    [TearDown]
    public void End() => blocks.Dispose();

    [Test]
    public void A_block_that_was_given_back_is_lent_again_and_never_to_two_at_a_time()
    {
        var lent = Enumerable.Range(0, 50).Select(_ => blocks.Rent()).ToList();
        Assert.That(lent.Distinct().Count(), Is.EqualTo(50));
        lent.ForEach(block => block.Dispose());
        var again = Enumerable.Range(0, 50).Select(_ => blocks.Rent(ReceiveBlocks.BlockBytes)).ToList();
        Assert.That(again.ToHashSet().SetEquals(lent), Is.True);
        again.ForEach(block => block.Dispose());
    }

    [Test]
    public void A_block_that_is_given_back_twice_is_lent_once()
    {
        var block = blocks.Rent();
        block.Dispose();
        block.Dispose();
        using var one = blocks.Rent();
        using var other = blocks.Rent();
        Assert.That(one, Is.Not.SameAs(other));
    }

    [Test]
    public void After_a_storm_only_some_are_kept()
    {
        foreach (var block in Enumerable.Range(0, ReceiveBlocks.MostKept + 100).Select(_ => blocks.Rent()).ToList())
            block.Dispose();
        Assert.That(blocks.Kept, Is.EqualTo(ReceiveBlocks.MostKept));
    }

    [Test]
    public void More_than_a_block_has_is_refused() =>
        Assert.That(() => blocks.Rent(ReceiveBlocks.BlockBytes + 1), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Many_threads_borrow_and_give_back_at_once()
    {
        var shared = 0;
        System.Threading.Tasks.Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            using var block = blocks.Rent();
            block.Memory.Span[..4].Fill((byte)number);
            if (block.Memory.Span[..4].ContainsAnyExcept((byte)number))
                Interlocked.Increment(ref shared);
        });
        Assert.That(shared, Is.Zero);
        Assert.That(blocks.Kept, Is.LessThanOrEqualTo(ReceiveBlocks.MostKept));
    }
}
