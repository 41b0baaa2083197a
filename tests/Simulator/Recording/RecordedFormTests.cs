using NUnit.Framework;
using OpenStage.Simulator.Recording;

namespace OpenStage.Simulator.Tests.Recording;

[TestFixture]
public sealed class RecordedFormTests
{
    private const string StartUp =
        "<?xml version='1.0'?>\r\n<WorkpointMessage xmlns=\"other\">\r\n <Message maxItems=\"20\" nonce=\"A\">\r\n  <ReasonForContact>\n start-up\n </ReasonForContact>\r\n  <ItemList>\r\n    <Item name=\"a\">1</Item>\r\n    <Item index=\"2\" name=\"b\" />\r\n  </ItemList>\r\n </Message>\r\n</WorkpointMessage>";

    private const string Reply =
        "<WorkpointMessage><Message nonce=\"A\"><ReasonForContact status=\"Accepted\" action=\"WriteItems\">reply-to</ReasonForContact><ItemList></ItemList></Message></WorkpointMessage>";

    private const string Said =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<WorkpointMessage xmlns=\"u\">\n<Message nonce=\"B\" maxItems=\"-1\">\n<ReasonForContact>solicited</ReasonForContact>\n<ItemList>\n<Item name=\"c\" index=\"1\">&lt;x&gt;</Item>\n<Item name=\"d\" status=\"failed\"></Item>\n</ItemList>\n</Message>\n</WorkpointMessage>\n";

    [Test]
    public void A_first_message_takes_prolog_white_space_order_of_attributes_and_empty_elements() => Assert.That(
        new RecordedForm([StartUp]).Put(Said),
        Is.EqualTo("<?xml version='1.0'?>\r\n<WorkpointMessage xmlns=\"other\">\r\n <Message maxItems=\"-1\" nonce=\"B\">\r\n  <ReasonForContact>\n solicited\n </ReasonForContact>\r\n  <ItemList>\r\n    <Item index=\"1\" name=\"c\">&lt;x&gt;</Item>\r\n    <Item name=\"d\" status=\"failed\" />\r\n  </ItemList>\r\n </Message>\r\n</WorkpointMessage>"));

    [TestCase("busy", "Busy")]
    [TestCase("accepted", "Accepted")]
    public void A_reply_takes_the_attributes_of_recorded_replies_and_their_spelling_of_statuses(string status, string expected) => Assert.That(
        new RecordedForm([StartUp, Reply]).Put($"<W>\n<Message nonce=\"B\" maxItems=\"-1\" fragment=\"final\">\n<ReasonForContact action=\"ReadItems\" status=\"{status}\">reply-to</ReasonForContact>\n<ItemList/>\n</Message>\n</W>\n"),
        Is.EqualTo($"<WorkpointMessage><Message nonce=\"B\"><ReasonForContact status=\"{expected}\" action=\"ReadItems\">reply-to</ReasonForContact><ItemList></ItemList></Message></WorkpointMessage>"));

    [Test]
    public void A_reply_without_list_gets_none() => Assert.That(
        new RecordedForm([StartUp, Reply]).Put("<W>\n<Message nonce=\"B\">\n<ReasonForContact action=\"x\" status=\"busy\">reply-to</ReasonForContact>\n</Message>\n</W>"),
        Is.EqualTo("<WorkpointMessage><Message nonce=\"B\"><ReasonForContact status=\"Busy\" action=\"x\">reply-to</ReasonForContact></Message></WorkpointMessage>"));

    [Test]
    public void The_mark_of_a_part_stays_even_when_the_recording_has_none() => Assert.That(
        new RecordedForm([Reply]).Put("<W><Message nonce=\"B\" fragment=\"next\"><ReasonForContact action=\"x\" status=\"accepted\">reply-to</ReasonForContact><ItemList/></Message></W>"),
        Does.Contain("<Message nonce=\"B\" fragment=\"next\">"));

    [Test]
    public void The_mark_goes_where_the_recorded_phone_puts_it()
    {
        var recorded = Reply.Replace("status=\"Accepted\"", "status=\"accepted\" fragment=\"final\"", StringComparison.Ordinal);
        var put = new RecordedForm([recorded]).Put("<W><Message nonce=\"B\" fragment=\"next\"><ReasonForContact action=\"x\" status=\"accepted\">reply-to</ReasonForContact><ItemList/></Message></W>");
        Assert.That(put, Does.Contain("<Message nonce=\"B\">").And.Contain("<ReasonForContact status=\"accepted\" action=\"x\" fragment=\"next\">"));
    }

    [Test]
    public void Without_a_sample_the_message_stays_as_it_is()
    {
        Assert.That(new RecordedForm([]).Put(Said), Is.EqualTo(Said));
        Assert.That(new RecordedForm(["no message"]).Put(Said), Is.EqualTo(Said));
        Assert.That(new RecordedForm([StartUp]).Put("no message"), Is.EqualTo("no message"));
    }
}
