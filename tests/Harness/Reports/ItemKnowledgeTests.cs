using NUnit.Framework;
using OpenStage.Harness.Reports;
using static OpenStage.Harness.Tests.Reports.SampleRun;

namespace OpenStage.Harness.Tests.Reports;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ItemKnowledgeTests
{
    private readonly ItemKnowledge knowledge = new();

    [Test]
    public void What_a_phone_tells_is_known_once_and_again_when_it_changes()
    {
        Assert.That(Told("start-up", "<Item name=\"a\">1</Item><Item name=\"b\" index=\"2\"> x </Item>").Learnt, Is.EqualTo(new[] { new KnownItem("a", "", "1"), new KnownItem("b", "2", "x") }));
        Assert.That(Told("solicited", "<Item name=\"a\">1</Item>").Learnt, Is.Empty);
        Assert.That(Told("local-changes", "<Item name=\"a\">2</Item>").Learnt, Is.EqualTo(new[] { new KnownItem("a", "", "2") }));
    }

    [Test]
    public void A_value_with_a_status_is_none() =>
        Assert.That(Told("start-up", "<Item name=\"a\" status=\"failed\"></Item>").Learnt, Is.Empty);

    [TestCase("accepted", "", "a b")]
    [TestCase("Accepted", "<Item name=\"b\" status=\"read only\"></Item>", "a")]
    [TestCase("busy", "", "")]
    [TestCase("failed", "", "")]
    public void What_the_service_writes_is_known_when_the_phone_accepts_it(string status, string items, string expected)
    {
        var asked = knowledge.Read(Writes()).Asked;
        Assert.That(asked.Select(item => item.Name), Is.EqualTo(new[] { "a", "b" }));
        var learnt = knowledge.Read(Reply("WriteItems", status, items)).Learnt;
        Assert.That(learnt.Select(item => item.Name), Is.EqualTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public void A_write_that_was_not_answered_at_once_is_forgotten()
    {
        knowledge.Read(Writes());
        Told("start-up", "");
        Assert.That(knowledge.Read(Reply("WriteItems", "accepted", "")).Learnt, Is.Empty);
    }

    [Test]
    public void A_reply_to_a_read_tells_items() =>
        Assert.That(knowledge.Read(Reply("ReadAllItems", "accepted", "<Item name=\"c\">3</Item>")).Learnt, Has.Count.EqualTo(1));

    [Test]
    public void Contact_me_and_bodies_that_are_no_XML_tell_nothing()
    {
        Assert.That(knowledge.Read(Exchange("contact-me", "<Item name=\"a\">1</Item>", kind: "contact-me")).Learnt, Is.Empty);
        Assert.That(knowledge.Read(Exchange("x", "<WorkpointMessage><Item name=\"a\">")).Learnt, Is.Empty);
    }

    private (IReadOnlyList<KnownItem> Learnt, IReadOnlyList<KnownItem> Asked) Told(string reason, string items) =>
        knowledge.Read(SampleRun.Told(items, reason: $"<ReasonForContact>{reason}</ReasonForContact>"));

    private static ExchangeEntry Writes() => SampleRun.Told("", reason: "<ReasonForContact>solicited</ReasonForContact>") with
    {
        ResponseBody = "<DLSMessage><Message><Action>WriteItems</Action><ItemList><Item name=\"a\">1</Item><Item name=\"b\">2</Item></ItemList></Message></DLSMessage>",
    };

    private static ExchangeEntry Reply(string action, string status, string items) =>
        SampleRun.Told(items, reason: $"<ReasonForContact action=\"{action}\" status=\"{status}\">reply-to</ReasonForContact>");
}
