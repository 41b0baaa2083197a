using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Interactions;

/// <summary>WPI guide p.28-31, p.42-51, p.69-71, p.77-83.</summary>
public sealed class ReplyTests
{
    [Test]
    public void The_nonce_of_each_message_is_echoed()
    {
        var phone = new PhoneTalk();
        phone.Add(JobKind.ReadItems, new Item("e164"));
        var call = phone.Initiating(ContactReason.Solicited, false);
        Assert.That(phone.Send(call).Nonce, Is.EqualTo(call.Nonce));
        var reply = phone.Answer(ServerAction.ReadItems, ReplyStatus.Accepted, new Item("e164", "1"));
        Assert.That(phone.Send(reply).Nonce, Is.EqualTo(reply.Nonce));
    }

    [Test]
    public void ReadItems_asks_with_empty_content_and_keeps_each_result()
    {
        var phone = new PhoneTalk();
        phone.Add(JobKind.ReadItems, new Item("e164", "ignored"), new Item("blf-modules"));
        Assert.That(phone.Solicited().Items!.Select(item => item.Value), Is.All.Empty);
        phone.Reply(ServerAction.ReadItems, ReplyStatus.Accepted, new Item("e164", "42"), new Item("blf-modules") { Status = ItemStatus.NotSupported });
        Assert.That(phone[1].State, Is.EqualTo(JobState.PartlyFailed));
        Assert.That(phone[1].Results, Is.EqualTo(new[]
        {
            new JobItemResult("e164", null, "", "42"), new JobItemResult("blf-modules", null, "not supported", ""),
        }));
    }

    [Test]
    public void Items_that_a_phone_refuses_make_a_write_partly_failed()
    {
        var phone = new PhoneTalk();
        phone.Add(JobKind.WriteItems, new Item("device-type", "x"), new Item("dhcp", "true"));
        phone.Solicited();
        phone.Reply(ServerAction.WriteItems, ReplyStatus.Accepted, new Item("device-type") { Status = ItemStatus.ReadOnly });
        Assert.That(phone[1].State, Is.EqualTo(JobState.PartlyFailed));
        Assert.That(phone[1].Results[0].Status, Is.EqualTo("read only"));
        Assert.That(phone.Learned, Does.ContainKey("dhcp").And.Not.ContainKey("device-type"));
    }

    [Test]
    public void A_write_of_which_the_phone_refuses_every_item_is_failed()
    {
        var phone = new PhoneTalk();
        phone.Add(JobKind.WriteItems, new Item("device-type", "x"), new Item("mac-addr", "y"));
        phone.Solicited();
        phone.Reply(ServerAction.WriteItems, ReplyStatus.Accepted,
            new Item("device-type") { Status = ItemStatus.ReadOnly }, new Item("mac-addr") { Status = ItemStatus.ReadOnly });
        Assert.That(phone[1].State, Is.EqualTo(JobState.Failed));
        Assert.That(phone[1].History[^1].Text, Is.EqualTo("2 of 2 items refused"));
    }

    [Test]
    public void A_write_in_parts_of_which_one_is_refused_whole_is_partly_failed()
    {
        var phone = new PhoneTalk { MaxItems = 1 };
        phone.Add(JobKind.WriteItems, new Item("device-type", "x"), new Item("dhcp", "true"));
        phone.Solicited();
        phone.Reply(ServerAction.WriteItems, ReplyStatus.Accepted, new Item("device-type") { Status = ItemStatus.ReadOnly });
        phone.Reply(ServerAction.WriteItems);
        Assert.That(phone[1].State, Is.EqualTo(JobState.PartlyFailed));
    }

    [Test]
    public void A_write_is_split_by_the_phones_maxItems()
    {
        var phone = new PhoneTalk { MaxItems = 2 };
        phone.Add(JobKind.WriteItems, new Item("a", "1"), new Item("b", "2"), new Item("c", "3"));
        Assert.That(phone.Solicited().Items, Has.Count.EqualTo(2));
        var second = phone.Reply(ServerAction.WriteItems);
        Assert.That(second.Action, Is.EqualTo(ServerAction.WriteItems));
        Assert.That(second.Items, Has.Count.EqualTo(1));
        Assert.That(phone.Reply(ServerAction.WriteItems).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone[1].State, Is.EqualTo(JobState.Succeeded));
    }

    [Test]
    public void A_broken_off_write_resumes_with_the_part_that_was_not_acknowledged()
    {
        var phone = new PhoneTalk { MaxItems = 1 };
        phone.Add(JobKind.WriteItems, new Item("a", "1"), new Item("b", "2"));
        phone.Solicited();
        phone.Reply(ServerAction.WriteItems);
        phone.TimeOut();
        Assert.That(phone[1], Has.Property("State").EqualTo(JobState.Pending).And.Property("Attempts").EqualTo(1));
        Assert.That(phone.Solicited().Items!.Single().Name, Is.EqualTo("b"));
        phone.Reply(ServerAction.WriteItems);
        Assert.That(phone[1].State, Is.EqualTo(JobState.Succeeded));
    }

    [Test]
    public void Three_attempts_without_an_answer_fail_the_job()
    {
        var phone = new PhoneTalk();
        phone.Add(JobKind.ReadAllItems);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            phone.Solicited();
            phone.TimeOut();
        }

        Assert.That(phone[1].State, Is.EqualTo(JobState.Failed));
    }

    [Test]
    public void Fragments_are_asked_for_and_put_together([Values] bool markOnReason)
    {
        var phone = new PhoneTalk();
        phone.Add(JobKind.ReadAllItems);
        phone.Solicited();
        var first = phone.Answer(ServerAction.ReadAllItems, ReplyStatus.Accepted, new Item("a", "1")) with
        {
            Fragment = markOnReason ? FragmentMark.None : FragmentMark.Next,
            ReasonFragment = markOnReason ? FragmentMark.Next : FragmentMark.None,
        };
        Assert.That(phone.Send(first).Action, Is.EqualTo(ServerAction.GetNextFragment));
        Assert.That(phone.Reply(ServerAction.GetNextFragment, ReplyStatus.Accepted, new Item("b", "2")).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone.Learned, Does.ContainKey("a").And.ContainKey("b"));
        Assert.That(phone[1].State, Is.EqualTo(JobState.Succeeded));
    }

    [Test]
    public void Fragments_without_end_fail_the_job()
    {
        var phone = new PhoneTalk();
        phone.Add(JobKind.ReadAllItems);
        phone.Solicited();
        var answer = DlsMessage.CleanUp("");
        for (var i = 0; i < 201; i++)
            answer = phone.Send(phone.Answer(ServerAction.ReadAllItems, ReplyStatus.Accepted) with { Fragment = FragmentMark.Next });
        Assert.That(answer.Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone[1].State, Is.EqualTo(JobState.Failed));
        Assert.That(phone.Observations.Select(seen => seen.Code), Is.EqualTo(new[] { "fragments-without-end" }));
    }

    [Test]
    public void A_reply_to_another_action_is_observed_and_costs_an_attempt()
    {
        var phone = new PhoneTalk();
        phone.Add(JobKind.WriteItems, new Item("a", "1"));
        phone.Solicited();
        Assert.That(phone.Reply(ServerAction.ReadItems).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone.Observations.Single().Code, Is.EqualTo("wrong-action"));
        Assert.That(phone[1].Attempts, Is.EqualTo(1));
        Assert.That(phone[1].History[^1].Text, Does.StartWith("expected reply to WriteItems, got ReadItems"));
    }

    [Test]
    public void An_unknown_status_fails_the_job_and_is_observed()
    {
        var phone = new PhoneTalk();
        phone.Add(JobKind.WriteItems, new Item("a", "1"));
        phone.Solicited();
        phone.Send(phone.Answer(ServerAction.WriteItems, ReplyStatus.Unknown) with { StatusText = "maybe" });
        Assert.That(phone[1].State, Is.EqualTo(JobState.Failed));
        Assert.That(phone.Observations.Single(), Has.Property("Code").EqualTo("reply-status").And.Property("Actual").EqualTo("maybe"));
    }

    [Test]
    public void A_refused_job_fails_and_the_next_one_is_served()
    {
        var phone = new PhoneTalk();
        phone.Add(JobKind.WriteItems, new Item("a", "1"));
        phone.Add(JobState.Pending, JobKind.ReadAllItems);
        phone.Solicited();
        Assert.That(phone.Reply(ServerAction.WriteItems, ReplyStatus.Failed).Action, Is.EqualTo(ServerAction.ReadAllItems));
        Assert.That(phone[1].State, Is.EqualTo(JobState.Failed));
    }

    [Test]
    public void A_restart_is_done_when_the_phone_starts_up()
    {
        var phone = new PhoneTalk();
        phone.Add(JobKind.Restart, new Item("restart-password", "124816"), new Item("restart-type", "FactoryReset"));
        Assert.That(phone.Solicited().Value("restart-type"), Is.EqualTo("FactoryReset"));
        Assert.That(phone[1].State, Is.EqualTo(JobState.WaitingForStartUp));
        phone.StartUp();
        Assert.That(phone[1].State, Is.EqualTo(JobState.Succeeded));
    }

    [Test]
    public void A_phone_that_refuses_to_restart_fails_the_job()
    {
        var phone = new PhoneTalk();
        phone.Add(JobKind.Restart);
        phone.Solicited();
        Assert.That(phone.Reply(ServerAction.Restart, ReplyStatus.Failed).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone[1].State, Is.EqualTo(JobState.Failed));
    }

    [Test]
    public void A_clean_up_of_the_phone_fails_the_running_job_with_its_reason()
    {
        var phone = new PhoneTalk();
        phone.Add(JobKind.WriteItems, new Item("a", "1"));
        phone.Solicited();
        Assert.That(phone.SendCleanUp("password retries exceeded").Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone[1].State, Is.EqualTo(JobState.Failed));
        Assert.That(phone[1].History[^1].Text, Does.Contain("password retries exceeded"));
    }

    [Test]
    public void A_reply_after_the_end_changes_nothing()
    {
        var phone = new PhoneTalk();
        phone.Solicited();
        Assert.That(phone.Reply(ServerAction.WriteItems).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone.Observations.Single().Code, Is.EqualTo("reply-after-end"));
    }

    [Test]
    public void A_running_job_that_is_cancelled_ends_with_the_next_message()
    {
        var phone = new PhoneTalk { MaxItems = 1 };
        phone.Add(JobKind.WriteItems, new Item("a", "1"), new Item("b", "2"));
        phone.Solicited();
        phone.Put(phone[1] with { CancelRequested = true });
        Assert.That(phone.Reply(ServerAction.WriteItems).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone[1].State, Is.EqualTo(JobState.Cancelled));
    }

    [Test]
    public void A_repeated_message_gets_the_same_answer_and_nothing_is_done_twice()
    {
        var phone = new PhoneTalk { MaxItems = 1 };
        phone.Add(JobKind.WriteItems, new Item("a", "1"), new Item("b", "2"));
        var call = phone.Initiating(ContactReason.Solicited, false);
        var first = phone.Send(call);
        Assert.That(phone.Send(call), Is.EqualTo(first));
        var reply = phone.Answer(ServerAction.WriteItems, ReplyStatus.Accepted);
        var second = phone.Send(reply);
        Assert.That(phone.Send(reply), Is.EqualTo(second));
        Assert.That(phone[1].Results, Has.Count.EqualTo(1));
        Assert.That(phone[1].Attempts, Is.Zero);
    }

    [Test]
    public void Equal_replies_of_a_phone_with_a_constant_nonce_are_two_replies()
    {
        var phone = new PhoneTalk { MaxItems = 1, ConstantNonce = true };
        phone.Add(JobKind.WriteItems, new Item("a", "1"), new Item("b", "2"));
        phone.Solicited();
        Assert.That(phone.Reply(ServerAction.WriteItems).Action, Is.EqualTo(ServerAction.WriteItems));
        Assert.That(phone.Reply(ServerAction.WriteItems).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone[1].State, Is.EqualTo(JobState.Succeeded));
    }

    [Test]
    public void Due_jobs_are_chained_in_order_and_later_ones_wait()
    {
        var phone = new PhoneTalk();
        phone.Add(JobState.Pending, JobKind.ReadItems, new Item("e164"));
        phone.Add(JobKind.WriteItems, new Item("a", "1"));
        phone.Put(phone.Add(JobState.Pending, JobKind.ReadAllItems) with { NotBefore = phone.Now.AddHours(1) });
        Assert.That(phone.Solicited().Action, Is.EqualTo(ServerAction.ReadItems));
        Assert.That(phone.Reply(ServerAction.ReadItems, ReplyStatus.Accepted, new Item("e164", "1")).Action, Is.EqualTo(ServerAction.WriteItems));
        Assert.That(phone.Reply(ServerAction.WriteItems).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(phone[3].State, Is.EqualTo(JobState.Pending));
    }
}
