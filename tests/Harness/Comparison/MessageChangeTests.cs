using NUnit.Framework;
using OpenStage.Harness.Comparison;
using OpenStage.Harness.Reports;
using static OpenStage.Harness.Tests.Reports.SampleRun;

namespace OpenStage.Harness.Tests.Comparison;

/// <summary>Items, message order and timing.</summary>
[TestFixture]
public sealed class MessageChangeTests
{
    [Test]
    public void Items_that_were_added_removed_or_changed_are_told_with_type_and_value()
    {
        var items = Compare(
            [Told("""<Item name="gone">1</Item><Item name="kind" index="2">12</Item><Item name="kind" index="10">12</Item><Item name="value">a</Item><Item name="same">x</Item><Item name="filled"/>""")],
            [Told("""<Item name="new">1</Item><Item name="kind" index="2">true</Item><Item name="kind" index="10">10.0.0.1</Item><Item name="value">b</Item><Item name="same">x</Item><Item name="filled">7</Item>""")]).Items;
        Assert.That(items.Select(item => $"{item.Kind} {item.Name}[{item.Index}] {item.Before} {item.After} {item.BeforeType} {item.AfterType}"), Is.EqualTo(new[]
        {
            "Added new[]  1  number",
            "Removed gone[] 1  number ",
            "TypeChanged kind[2] 12 true number boolean",
            "TypeChanged kind[10] 12 10.0.0.1 number address",
            "ValueChanged filled[]  7 empty number",
            "ValueChanged value[] a b text text",
        }));
    }

    [Test]
    public void The_first_value_counts_and_replies_to_writes_and_refused_items_tell_none()
    {
        const string Write = "<ReasonForContact status=\"accepted\" action=\"WriteItems\">reply-to</ReasonForContact>";
        var items = Compare(
            [Told("""<Item name="a">1</Item>""", 5), Told("""<Item name="a">2</Item>""", 9)],
            [Told("""<Item name="a">2</Item>""", 9), Told("""<Item name="b"/>""", 1, Write), Told("""<Item name="c" status="unknown"/>""", 2), Told("""<Item name="a">1</Item>""", 5)]).Items;
        Assert.That(items, Is.Empty);
    }

    [Test]
    public void What_differs_between_any_two_phones_or_servers_is_no_change()
    {
        var before = Of(Result(Verdict.Pass, "wpi/1/1", "os40", Told("""<Item name="mac">00:1a:e8:00:00:01</Item><Item name="uri">http://127.20.0.1:8085/x</Item><Item name="ip">127.20.0.1</Item><Item name="s">https://127.0.0.1:18443</Item><Item name="real">a</Item>""")));
        var after = Of(Result(Verdict.Pass, "wpi/1/1", "new", Told("""<Item name="mac">00:1A:E8:00:00:02</Item><Item name="uri">http://127.20.0.2:8085/x</Item><Item name="ip">127.20.0.2</Item><Item name="s">https://127.0.0.1:4711</Item><Item name="real">b</Item>""")))
            with
        { Phones = [Phone("new", number: 2) with { ServerUrl = "https://127.0.0.1:4711/DeploymentService/LoginService" }] };
        var items = RunComparison.Of(new RunSide("a", before, "os40"), new RunSide("b", after, "new")).Phones.Single().Items;
        Assert.That(items.Select(item => item.Name), Is.EqualTo(new[] { "real" }));
    }

    [Test]
    public void A_case_that_only_one_run_has_removes_no_items()
    {
        var before = Of(Result(Verdict.Pass), Result(Verdict.Pass, "wpi/1/2", "os40", Told("""<Item name="a">1</Item>""")));
        var after = Of(Result(Verdict.Pass), Result(Verdict.LabError, "wpi/1/2"));
        Assert.That(RunComparison.Of(new RunSide("a", before, null), new RunSide("b", after, null)).Phones.Single().Items, Is.Empty);
    }

    [Test]
    public void The_first_message_that_is_another_one_is_told()
    {
        var order = Compare([Exchange("a"), Exchange("b"), Exchange("c")], [Exchange("a"), Exchange("c"), Exchange("b")]).Order.Single();
        Assert.That(order.Step, Is.EqualTo(2));
        Assert.That(order.Before, Is.EqualTo(new[] { "a -> CleanUp", "b -> CleanUp", "c -> CleanUp" }));
        Assert.That(order.After[1], Is.EqualTo("c -> CleanUp"));
    }

    [Test]
    public void A_message_that_is_missing_at_the_end_is_told()
    {
        var comparison = Compared([Exchange("a"), Exchange("b")], [Exchange("a")]);
        Assert.That(comparison.Phones.Single().Order.Single().Step, Is.EqualTo(2));
        Assert.That(ComparisonWriter.Text(comparison), Does.Contain("wpi/1/1 | 2 | b -> CleanUp | (no more messages)"));
    }

    [TestCase(1000, 1499, false)]
    [TestCase(1000, 1500, true)]
    [TestCase(1500, 1000, true)]
    [TestCase(10_000, 12_000, false)]
    public void A_pause_is_another_one_from_half_a_second_and_a_quarter_on(double before, double after, bool expected)
    {
        var timing = Compare([Exchange("a", offset: 50), Exchange("b", offset: 50 + before)], [Exchange("a", offset: 9000), Exchange("b", offset: 9000 + after)]).Timing;
        Assert.That(timing, expected
            ? Is.EqualTo(new[] { new TimingChange { CaseId = "wpi/1/1", Step = 2, What = "pause before b", BeforeMilliseconds = before, AfterMilliseconds = after } })
            : Is.Empty);
    }

    [Test]
    public void The_answer_to_a_contact_me_is_timed_and_that_of_the_server_is_not()
    {
        var timing = Compare(
            [Exchange("contact-me", kind: "contact-me", duration: 10), Exchange("a", duration: 10)],
            [Exchange("contact-me", kind: "contact-me", duration: 900), Exchange("a", duration: 900)]).Timing;
        Assert.That(timing.Select(change => (change.Step, change.What, change.AfterMilliseconds)), Is.EqualTo(new[] { (1, "answer to contact-me", 900.0) }));
    }

    [Test]
    public void Times_are_compared_only_as_far_as_the_same_was_said() =>
        Assert.That(Compare([Exchange("a"), Exchange("b", offset: 10)], [Exchange("a"), Exchange("c", offset: 9000)]).Timing, Is.Empty);

    private static PhoneComparison Compare(ExchangeEntry[] before, ExchangeEntry[] after) => Compared(before, after).Phones.Single();

    private static RunComparison Compared(ExchangeEntry[] before, ExchangeEntry[] after) => RunComparison.Of(
        new RunSide("a", Of(Result(Verdict.Pass, "wpi/1/1", "os40", before)), null), new RunSide("b", Of(Result(Verdict.Pass, "wpi/1/1", "os40", after)), null));
}
