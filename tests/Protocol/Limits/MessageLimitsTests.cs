using System.Text;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Tests.Limits;

/// <summary>Sizes beyond which a message is refused (WPI guide p.69).</summary>
[TestFixture]
internal sealed class MessageLimitsTests
{
    private static readonly MessageLimits Hard = new() { MaxBytes = MessageLimits.HardMaxBytes };

    [Test]
    public void Fifty_kilobytes_are_read_and_a_byte_more_is_refused()
    {
        Assert.That(WorkpointReader.Read(OfSize(50 * 1024)).Ok, Is.True);

        var error = WorkpointReader.Read(OfSize((50 * 1024) + 1)).Error!;

        Assert.That(error, Is.EqualTo(new MessageError("too-large", 0, 0, "at most 51200 bytes", "51201 bytes")));
        Assert.That(error.ToString(), Does.StartWith("expected at most 51200 bytes, found 51201 bytes"));
    }

    [Test]
    public void A_megabyte_is_read_when_allowed_and_never_a_byte_more()
    {
        var options = new ReaderOptions { Limits = Hard };

        Assert.That(WorkpointReader.Read(OfSize(MessageLimits.HardMaxBytes), options).Ok, Is.True);
        Assert.That(WorkpointReader.Read(OfSize(MessageLimits.HardMaxBytes + 1), options).Error!.Code, Is.EqualTo("too-large"));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(MessageLimits.HardMaxBytes + 1)]
    [TestCase(int.MaxValue)]
    public void No_configuration_allows_less_than_a_byte_or_more_than_a_megabyte(int bytes) =>
        Assert.That(() => new MessageLimits { MaxBytes = bytes },
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("1048576"));

    [Test]
    public void The_defaults_are_fifty_kilobytes_sixteen_elements_and_ten_thousand_items()
    {
        var limits = new MessageLimits();

        Assert.That((limits.MaxBytes, limits.MaxDepth, limits.MaxItems), Is.EqualTo((51_200, 16, 10_000)));
    }

    [TestCase(16, true)]
    [TestCase(17, false)]
    public void Elements_nest_to_the_limit(int elements, bool fits)
    {
        // Root and Message are two of them.
        var inside = string.Concat(Enumerable.Repeat("<a>", elements - 2)) + "text" + string.Concat(Enumerable.Repeat("</a>", elements - 2));
        var result = WorkpointReader.Read(Body($"<ReasonForContact>status</ReasonForContact>{inside}"));

        Assert.That(result.Ok, Is.EqualTo(fits));
        if (!fits)
        {
            Assert.That(result.Error!.Code, Is.EqualTo("too-deep"));
            Assert.That((result.Error.Line, result.Error.Expected), Is.EqualTo((1, "at most 16 nested elements")));
            Assert.That(result.Error.Column, Is.Positive);
        }
    }

    [TestCase(10, true)]
    [TestCase(11, false)]
    public void Items_are_counted_over_all_lists(int items, bool fits)
    {
        var list = string.Concat(Enumerable.Range(1, items).Select(index => $"\n<ItemList><Item name=\"a\" index=\"{index}\"/></ItemList>"));
        var options = new ReaderOptions { Limits = new MessageLimits { MaxItems = 10 } };
        var result = WorkpointReader.Read(Body("<ReasonForContact>status</ReasonForContact>" + list), options);

        Assert.That(result.Ok, Is.EqualTo(fits));
        if (!fits)
            Assert.That((result.Error!.Code, result.Error.Line, result.Error.Expected), Is.EqualTo(("too-many-items", 12, "at most 10 items")));
    }

    [Test]
    public void Items_without_name_count_as_well()
    {
        var list = "<ItemList>" + string.Concat(Enumerable.Repeat("<Item/>", 11)) + "</ItemList>";
        var options = new ReaderOptions { Limits = new MessageLimits { MaxItems = 10 } };

        Assert.That(DlsReader.Read(Encoding.UTF8.GetBytes($"<DLSMessage><Message>{list}</Message></DLSMessage>"), options).Error!.Code,
            Is.EqualTo("too-many-items"));
    }

    [Test]
    public void A_megabyte_of_items_is_refused_by_their_number_in_no_time()
    {
        var list = string.Concat(Enumerable.Repeat("<Item name=\"a\">b</Item>", 40_000));
        var body = Body($"<ReasonForContact>status</ReasonForContact><ItemList>{list}</ItemList>");
        var error = WorkpointReader.Read(body, new ReaderOptions { Limits = Hard }).Error!;

        Assert.That((error.Code, error.Expected), Is.EqualTo(("too-many-items", "at most 10000 items")));
    }

    [TestCase("<a>")]
    [TestCase("<a/>")]
    [TestCase("&lt;")]
    [TestCase("<Item/>")]
    [TestCase("<ItemList/>")]
    [TestCase("<![CDATA[x]]>")]
    [TestCase("<!-- x -->")]
    [TestCase("<?x y?>")]
    public void A_megabyte_of_anything_is_read_or_refused_in_bounded_time_and_words(string repeated)
    {
        var body = Body(string.Concat(Enumerable.Repeat(repeated, 1_000_000 / repeated.Length)));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var result = WorkpointReader.Read(body, new ReaderOptions { Limits = Hard });

        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
        Assert.That(result.Observations, Has.Count.LessThan(2_000));
    }

    [Test]
    public void A_megabyte_of_attributes_is_read_or_refused_in_bounded_time()
    {
        var attributes = string.Concat(Enumerable.Range(0, 70_000).Select(number => $" a{number}=\"\""));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var result = WorkpointReader.Read(Body($"<ReasonForContact{attributes}>status</ReasonForContact>"), new ReaderOptions { Limits = Hard });

        Assert.That(result.Ok, Is.True, result.Error?.ToString());
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void Long_wrong_texts_are_shortened_without_cutting_a_character()
    {
        var name = new string('x', 59) + "📞" + new string('y', 500);
        var result = WorkpointReader.Read(Body($"<ReasonForContact>{name}</ReasonForContact>"));

        Assert.That(result.Observations[0].Actual, Is.EqualTo("'" + new string('x', 59) + "…'").Or.EqualTo("'" + new string('x', 59) + "'…"));
    }

    private static byte[] Body(string inside) => Encoding.UTF8.GetBytes(
        $"<WorkpointMessage xmlns=\"http://www.siemens.com/DLS\"><Message nonce=\"0\">{inside}</Message></WorkpointMessage>");

    private static byte[] OfSize(int bytes)
    {
        var message = new WorkpointMessage { Nonce = "0", Reason = ContactReason.Status, Items = [new Item("note", "")] };
        var room = bytes - WorkpointWriter.Write(message).Length;
        var body = WorkpointWriter.Write(message with { Items = [new Item("note", new string('x', room))] });
        Assert.That(body, Has.Length.EqualTo(bytes));
        return body;
    }
}
