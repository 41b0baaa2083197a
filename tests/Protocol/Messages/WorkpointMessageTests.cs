using System.Text;
using NUnit.Framework;
using OpenStage.Fixtures;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Tests.Messages;

/// <summary>What the message types say about themselves, and how the writer treats the edges.</summary>
[TestFixture]
internal sealed class WorkpointMessageTests
{
    [Test]
    public void A_reply_without_item_list_reads_as_null_items()
    {
        var message = WorkpointReader.Read(MessageFiles.Read("golden", "p046-reply-busy.xml")).Message!;

        Assert.That(message.Items, Is.Null);
    }

    [Test]
    public void A_reply_with_an_empty_item_list_reads_as_no_items()
    {
        var message = WorkpointReader.Read(MessageFiles.Read("golden", "p048-reply-write-items-empty-list.xml")).Message!;

        Assert.That(message.Items, Is.Empty);
    }

    [Test]
    public void The_value_of_an_item_with_a_status_is_no_value()
    {
        var message = new WorkpointMessage
        {
            Nonce = "00",
            Items = [new Item("e164") { Status = ItemStatus.Failed }, new Item("e164", "4040")],
        };

        Assert.That(message.Value("e164"), Is.EqualTo("4040"));
        Assert.That(message.Value("mac-addr"), Is.Null);
    }

    [Test]
    public void The_value_of_a_service_item_is_that_of_the_first_of_its_name()
    {
        var message = new DlsMessage { Nonce = "00", Items = [new Item("a", "1", 1), new Item("a", "2", 2)] };

        Assert.That(message.Value("a"), Is.EqualTo("1"));
        Assert.That(message.Value("b"), Is.Null);
        Assert.That(DlsMessage.CleanUp("00").Value("a"), Is.Null);
    }

    [Test]
    public void A_clean_up_has_the_nonce_and_no_items()
    {
        var text = Encoding.UTF8.GetString(DlsWriter.Write(DlsMessage.CleanUp("AB12")));

        Assert.That(text, Does.Contain("<Message nonce=\"AB12\">\n<Action>CleanUp</Action>\n</Message>"));
        Assert.That(text, Does.Not.Contain("ItemList"));
    }

    [Test]
    public void A_fragment_mark_in_either_place_says_that_more_follows()
    {
        var message = new WorkpointMessage { Nonce = "00" };

        Assert.That(message.HasNextFragment, Is.False);
        Assert.That((message with { Fragment = FragmentMark.Next }).HasNextFragment, Is.True);
        Assert.That((message with { ReasonFragment = FragmentMark.Next }).HasNextFragment, Is.True);
        Assert.That((message with { ReasonFragment = FragmentMark.Final }).HasNextFragment, Is.False);
    }

    [Test]
    public void An_item_key_shows_the_index_in_brackets()
    {
        Assert.That(new Item("function-key-def", "59", 3).Key.ToString(), Is.EqualTo("function-key-def[3]"));
        Assert.That(new Item("e164").Key.ToString(), Is.EqualTo("e164"));
    }

    [Test]
    public void Written_messages_have_no_byte_order_mark_no_carriage_return_and_one_line_end_at_the_end()
    {
        var bytes = WorkpointWriter.Write(new WorkpointMessage
        {
            Nonce = "00",
            Reason = ContactReason.StartUp,
            Items = [new Item("note", "a\r\nb\tc")],
        });
        var text = Encoding.UTF8.GetString(bytes);

        Assert.That(bytes[0], Is.EqualTo((byte)'<'));
        Assert.That(text, Does.Not.Contain('\r').And.Not.Contain('\t'));
        Assert.That(text, Does.Contain("a&#13;&#10;b&#9;c"));
        Assert.That(text, Does.EndWith("</WorkpointMessage>\n"));
    }

    [TestCase(ContactReason.StartUp, true)]
    [TestCase(ContactReason.Solicited, true)]
    [TestCase(ContactReason.LocalChanges, true)]
    [TestCase(ContactReason.InventoryChanges, true)]
    [TestCase(ContactReason.Status, true)]
    [TestCase(ContactReason.CleanUp, true)]
    [TestCase(ContactReason.Unknown, true)]
    [TestCase(ContactReason.ReplyTo, false)]
    public void Every_reason_but_reply_to_opens_an_interaction(ContactReason reason, bool opens) =>
        Assert.That(new WorkpointMessage { Nonce = "00", Reason = reason }.IsInitiating, Is.EqualTo(opens));
}
