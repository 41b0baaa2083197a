using System.Text;
using NUnit.Framework;
using OpenStage.Harness.Reports;

namespace OpenStage.Harness.Tests.Reports;

[TestFixture]
public sealed class MessageLabelTests
{
    [TestCase("<WorkpointMessage><Message nonce='1'><ReasonForContact>start-up</ReasonForContact></Message></WorkpointMessage>", "start-up")]
    [TestCase("<WorkpointMessage><Message><ReasonForContact status='busy' action='WriteItems'> reply-to </ReasonForContact></Message></WorkpointMessage>", "reply-to WriteItems busy")]
    [TestCase("<WorkpointMessage><Message fragment='next'><ReasonForContact action='ReadAllItems'>reply-to</ReasonForContact></Message></WorkpointMessage>", "reply-to ReadAllItems (next)")]
    [TestCase("<w:WorkpointMessage xmlns:w='urn:w'><w:Message><w:ReasonForContact><b>clean</b>-up<b/></w:ReasonForContact></w:Message></w:WorkpointMessage>", "clean-up")]
    [TestCase("<a><ReasonForContact/><Message fragment='next'/></a>", "a")]
    [TestCase("<ReasonForContact>one</ReasonForContact>", "one")]
    [TestCase("<a><ReasonForContact>one</ReasonForContact><ReasonForContact>two</ReasonForContact></a>", "one")]
    [TestCase("<a><ReasonForContact>one</ReasonForContact>", "no valid XML")]
    [TestCase("<!DOCTYPE a><a/>", "no valid XML")]
    [TestCase("", "no valid XML")]
    public void A_request_is_named_by_its_reason_action_and_status(string body, string label) =>
        Assert.That(MessageLabel.OfRequest(Encoding.UTF8.GetBytes(body)), Is.EqualTo(label));

    [TestCase("<DLSMessage><Message><Action>CleanUp</Action></Message></DLSMessage>", "CleanUp")]
    [TestCase("<DLSMessage><Message><Action> WriteItems </Action><ItemList><Item name='a'/><Item name='send-solicited'>true</Item></ItemList></Message></DLSMessage>", "WriteItems + send-solicited")]
    [TestCase("<DLSMessage><Item name='send-solicited'/><Action>Restart</Action><Action>CleanUp</Action></DLSMessage>", "Restart + send-solicited")]
    [TestCase("<DLSMessage><Action/></DLSMessage>", "no action")]
    [TestCase("<Action>Restart</Action>", "Restart")]
    [TestCase("<DLSMessage/><DLSMessage/>", "no valid XML")]
    public void An_answer_is_named_by_its_action_and_whether_the_phone_is_to_call_again(string body, string label) =>
        Assert.That(MessageLabel.OfResponse(Encoding.UTF8.GetBytes(body)), Is.EqualTo(label));

    [Test]
    public void A_part_of_a_longer_message_is_named_by_that_part()
    {
        var bytes = Encoding.UTF8.GetBytes("junk<Action>CleanUp</Action>junk");
        Assert.That(MessageLabel.OfResponse(bytes.AsMemory(4, bytes.Length - 8)), Is.EqualTo("CleanUp"));
    }
}
