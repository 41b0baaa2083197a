using System.Text;
using System.Xml.Linq;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;
using ReaderOptions = OpenStage.Protocol.Xml.ReaderOptions;

namespace OpenStage.Protocol.Tests.Properties;

/// <summary>What is written is read back the same, for arbitrary messages.</summary>
[TestFixture]
internal sealed class RoundTripTests
{
    private static readonly ReaderOptions Roomy =
        new() { Limits = new MessageLimits { MaxBytes = MessageLimits.HardMaxBytes } };

    [Test]
    public void A_written_phone_message_reads_back_the_same() => Run.ForAll(Any.PhoneMessage, message =>
    {
        var read = WorkpointReader.Read(WorkpointWriter.Write(message), Roomy);

        Assert.That(read.Error, Is.Null);
        Assert.That(read.Message! with { Items = null }, Is.EqualTo(message with { Items = null }));
        Assert.That(read.Message!.Items, Is.EqualTo(message.Items));
    }, cases: 1000);

    [Test]
    public void A_written_service_message_reads_back_the_same() => Run.ForAll(Any.ServiceMessage, message =>
    {
        var read = DlsReader.Read(DlsWriter.Write(message), Roomy);

        Assert.That(read.Error, Is.Null);
        Assert.That(read.Message! with { Items = null }, Is.EqualTo(message with { Items = null }));
        Assert.That(read.Message!.Items, Is.EqualTo(message.Items));
    }, cases: 1000);

    [Test]
    public void Another_parser_finds_the_same_values_in_a_written_message() => Run.ForAll(Any.ServiceMessage, message =>
    {
        var document = XDocument.Parse(Encoding.UTF8.GetString(DlsWriter.Write(message)), LoadOptions.PreserveWhitespace);
        var values = document.Descendants(XName.Get("Item", "http://www.siemens.com/DLS")).Select(item => item.Value);

        Assert.That(values, Is.EqualTo((message.Items ?? []).Select(item => item.Value)));
    });

    [Test]
    public void Writing_is_stable() => Run.ForAll(Any.PhoneMessage, message =>
    {
        var once = WorkpointWriter.Write(message);
        var twice = WorkpointWriter.Write(WorkpointReader.Read(once, Roomy).Message!);

        return once.AsSpan().SequenceEqual(twice);
    });

    [Test]
    public void White_space_around_any_text_changes_nothing_but_is_named() => Run.ForAll(Any.Text, value =>
    {
        var plain = new DlsMessage { Nonce = "00", Action = ServerAction.WriteItems, Items = [new Item("note", value)] };
        var text = Encoding.UTF8.GetString(DlsWriter.Write(plain))
            .Replace("<Item name=\"note\">", "<Item name=\"note\">\r\n  ", StringComparison.Ordinal)
            .Replace("</Item>", "\t\n</Item>", StringComparison.Ordinal);
        var read = DlsReader.Read(Encoding.UTF8.GetBytes(text));

        Assert.That(read.Message!.Items, Is.EqualTo(plain.Items));
        Assert.That(read.Observations.Select(observation => observation.Code),
            value.Length > 0 ? Is.EqualTo(["padded-text"]) : Is.Empty);
    });

    [Test]
    public void Text_is_either_written_or_refused_as_XML_would_have_it() => Run.ForAll(
        FsCheck.Fluent.Gen.Select(FsCheck.Fluent.Gen.ArrayOf(FsCheck.Fluent.Gen.Choose(0, 0xFFFF)), codes => new string([.. codes.Select(code => (char)code)])),
        text =>
        {
            var valid = true;
            try
            {
                System.Xml.XmlConvert.VerifyXmlChars(text);
            }
            catch (System.Xml.XmlException)
            {
                valid = false;
            }

            return XmlText.IsValid(text) == valid;
        }, cases: 2000);
}
