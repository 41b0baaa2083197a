using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using OpenStage.Protocol.Fragments;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Tests.Properties;

/// <summary>A phone's reply in fragments (WPI guide p.69-70), split and put together.</summary>
[TestFixture]
internal sealed class FragmenterTests
{
    private sealed record Job(WorkpointMessage Message, int? MaxItems, int MaxBytes);

    private static Gen<Job> Jobs { get; } =
        from message in Any.PhoneMessage
        from maxItems in Gen.OneOf(Gen.Constant((int?)null), Gen.Constant((int?)-1), Gen.Choose(1, 12).Select(most => (int?)most))
        from maxBytes in Gen.OneOf(Gen.Choose(300, 3000), Gen.Constant(5492), Gen.Constant(50 * 1024))
        select new Job(message, maxItems, maxBytes);

    [Test]
    public void All_fragments_together_are_the_items_in_order() => Run.ForAll(Jobs, job =>
        Split(job).SelectMany(fragment => fragment.Items ?? []).SequenceEqual(job.Message.Items ?? []));

    [Test]
    public void All_fragments_but_the_last_are_marked_next_and_the_last_final() => Run.ForAll(Jobs, job =>
    {
        var fragments = Split(job);

        Assert.That(fragments, Is.Not.Empty);
        Assert.That(fragments.SkipLast(1).Select(fragment => fragment.Fragment), Has.All.EqualTo(FragmentMark.Next));
        Assert.That(fragments[^1].Fragment, Is.EqualTo(FragmentMark.Final));
        Assert.That(fragments[^1].HasNextFragment, Is.False);
    });

    [Test]
    public void No_fragment_is_beyond_a_limit_unless_a_single_item_is() => Run.ForAll(Jobs, job =>
    {
        foreach (var fragment in Split(job))
        {
            var items = fragment.Items?.Count ?? 0;
            Assert.That(items, Is.LessThanOrEqualTo(job.MaxItems is > 0 ? job.MaxItems.Value : int.MaxValue));
            if (items > 1)
                Assert.That(WorkpointWriter.Write(fragment), Has.Length.LessThanOrEqualTo(job.MaxBytes));
        }
    });

    [Test]
    public void No_fragment_is_empty_when_there_are_several() => Run.ForAll(Jobs, job =>
    {
        var fragments = Split(job);

        return fragments.Count == 1 || fragments.All(fragment => fragment.Items is { Count: > 0 });
    });

    [Test]
    public void Every_fragment_keeps_all_else_of_the_message() => Run.ForAll(Jobs, job =>
        Split(job).All(fragment => Rest(fragment) == Rest(job.Message)));

    [Test]
    public void The_assembler_undoes_the_fragmenter() => Run.ForAll(Jobs, job =>
    {
        var fragments = Split(job);
        var assembler = FragmentAssembler.Empty;
        foreach (var fragment in fragments)
        {
            Assert.That(assembler.Complete, Is.False);
            assembler = assembler.Add(fragment);
        }

        Assert.That(assembler.Complete, Is.True);
        Assert.That(assembler.Refusal, Is.Null);
        Assert.That(assembler.Fragments, Is.EqualTo(fragments.Count));
        Assert.That(assembler.Items, Is.EqualTo(job.Message.Items ?? []));
    });

    [Test]
    public void Fifty_kilobytes_are_filled_well()
    {
        var items = Enumerable.Range(1, 3000).Select(index => new Item("key-label-unicode", "Büro & Lager", index)).ToArray();
        var fragments = Fragmenter.Split(
            new WorkpointMessage { Nonce = new string('A', 32), Reason = ContactReason.ReplyTo, MaxItems = -1, Items = items }, null, 50 * 1024);

        Assert.That(fragments, Has.Count.GreaterThan(2));
        Assert.That(fragments.SkipLast(1).Select(fragment => WorkpointWriter.Write(fragment).Length), Has.All.InRange(50_000, 51_200));
        Assert.That(fragments.Select(fragment => WorkpointReader.Read(WorkpointWriter.Write(fragment)).Ok), Has.All.True);
    }

    [Test]
    public void A_reply_without_item_list_stays_one_message_without_item_list()
    {
        var fragments = Fragmenter.Split(new WorkpointMessage { Nonce = "00", Reason = ContactReason.ReplyTo }, 1, 300);

        Assert.That(fragments, Has.Count.EqualTo(1));
        Assert.That(fragments[0].Items, Is.Null);
        Assert.That(fragments[0].Fragment, Is.EqualTo(FragmentMark.Final));
    }

    [Test]
    public void A_phone_that_never_says_final_is_refused()
    {
        var fragment = new WorkpointMessage { Nonce = "00", Fragment = FragmentMark.Next, Items = [new Item("a", "1")] };
        var assembler = FragmentAssembler.Empty;
        for (var number = 0; number < FragmentAssembler.MaxFragments; number++)
            assembler = assembler.Add(fragment);

        Assert.That(assembler.Refusal, Is.Null);
        assembler = assembler.Add(fragment with { Fragment = FragmentMark.Final });

        Assert.That(assembler.Refusal?.Code, Is.EqualTo("fragments-without-end"));
        Assert.That(assembler.Items, Has.Count.EqualTo(FragmentAssembler.MaxFragments));
        Assert.That(assembler.Complete, Is.False);
    }

    [Test]
    public void More_items_than_any_phone_has_are_refused_for_good()
    {
        var fragment = new WorkpointMessage
        {
            Nonce = "00",
            Fragment = FragmentMark.Next,
            Items = [.. Enumerable.Range(0, 9_000).Select(index => new Item("a", "1", index))],
        };
        var assembler = FragmentAssembler.Empty.Add(fragment).Add(fragment).Add(fragment);
        Assert.That(assembler.Refusal?.Actual, Is.EqualTo("27000"));

        var after = assembler.Add(new WorkpointMessage { Nonce = "00", Fragment = FragmentMark.Final });

        Assert.That(after.Refusal, Is.EqualTo(assembler.Refusal));
        Assert.That(after.Complete, Is.False);
    }

    private static IReadOnlyList<WorkpointMessage> Split(Job job) => Fragmenter.Split(job.Message, job.MaxItems, job.MaxBytes);

    private static WorkpointMessage Rest(WorkpointMessage message) =>
        message with { Items = null, Fragment = FragmentMark.None, ReasonFragment = FragmentMark.None };
}
