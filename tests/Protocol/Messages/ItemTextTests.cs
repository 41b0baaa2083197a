using System.Text;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Tests.Messages;

/// <summary>A value is the same whether it was given as a string or still stands in the message that it was read from.</summary>
[TestFixture]
public sealed class ItemTextTests
{
    private static readonly string[] Values =
    [
        "", "0", "1", "true", "false", "NULL", "TRUE", "4711", "a > b & c < d", "\"quoted\"", "Ein Büro mehr", "Büro", "ü", "ein ü", "📞 phone 📞", "two\nlines",
        new string('x', 5000), new string('ß', 5000) + "s",
    ];

    [TestCaseSource(nameof(Values))]
    public void A_value_that_was_read_is_the_value_that_was_written(string value)
    {
        var read = Read(value);

        Assert.That(read.Value, Is.EqualTo(value));
        Assert.That(read, Is.EqualTo(new Item("display-id", value)));
        Assert.That(new Item("display-id", value), Is.EqualTo(read));
        Assert.That(read.GetHashCode(), Is.EqualTo(new Item("display-id", value).GetHashCode()));
        Assert.That(read.Text == Read(value).Text, Is.True);
    }

    [TestCaseSource(nameof(Values))]
    public void A_value_is_compared_and_copied_as_UTF_8_without_a_string(string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        foreach (var text in new[] { Read(value).Text, new Item("display-id", value).Text })
        {
            var copy = new byte[text.CountBytes()];
            Assert.That(text.Write(copy), Is.EqualTo(utf8.Length));
            Assert.That(copy, Is.EqualTo(utf8));
            Assert.That(text.Is(utf8), Is.True);
            Assert.That(text.Is([.. utf8, (byte)'x']), Is.False);
            Assert.That(text.IsEmpty, Is.EqualTo(value.Length == 0));
        }
    }

    [Test]
    public void Different_values_differ_in_whatever_form_they_are()
    {
        foreach (var one in Values)
        {
            foreach (var other in Values.Where(other => other != one))
            {
                Assert.That(Read(one), Is.Not.EqualTo(Read(other)));
                Assert.That(Read(one), Is.Not.EqualTo(new Item("display-id", other)));
                Assert.That(new Item("display-id", one).Text.Is(Encoding.UTF8.GetBytes(other)), Is.False);
            }
        }
    }

    [Test]
    public void An_item_without_a_value_and_one_that_was_never_made_have_the_empty_text()
    {
        Assert.That(default(ItemText).ToString(), Is.Empty);
        Assert.That(default(ItemText), Is.EqualTo(new Item("display-id").Text));
        Assert.That(default(Item).Value, Is.Empty);
    }

    [Test]
    public void A_message_in_the_middle_of_other_bytes_is_read_from_there()
    {
        var message = Encoding.UTF8.GetBytes(Message("4711"));
        byte[] padded = [.. "<before>"u8, .. message, .. "</behind>"u8];

        var items = WorkpointReader.Read(padded.AsMemory(8, message.Length)).Message!.Items!;

        Assert.That(items.Single(), Is.EqualTo(new Item("display-id", "4711")));
    }

    private static Item Read(string value) => WorkpointReader.Read(Encoding.UTF8.GetBytes(Message(value))).Message!.Items!.Single();

    private static string Message(string value) =>
        $"""<WorkpointMessage xmlns="http://www.siemens.com/DLS"><Message nonce="1"><ReasonForContact action="ReadItems" status="accepted">reply-to</ReasonForContact><ItemList><Item name="display-id">{value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)}</Item></ItemList></Message></WorkpointMessage>""";
}
