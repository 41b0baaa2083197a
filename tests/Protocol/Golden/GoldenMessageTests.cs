using System.Text;
using NUnit.Framework;
using OpenStage.Fixtures;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Tests.Golden;

/// <summary>Messages composed by hand from the guide are read field by field and written byte by byte.</summary>
[TestFixture]
internal sealed class GoldenMessageTests
{
    private static readonly ReaderOptions Strict = new() { Strict = true };

    private static IEnumerable<GoldenPhoneMessage> FromPhones => [.. GoldenContacts.All, .. GoldenReplies.All];

    private static IEnumerable<GoldenServiceMessage> FromServices => GoldenServiceMessages.All;

    [TestCaseSource(nameof(FromPhones))]
    public void A_phone_message_is_read_field_by_field(GoldenPhoneMessage golden)
    {
        var result = WorkpointReader.Read(MessageFiles.Read("golden", golden.File));

        Assert.That(result.Error, Is.Null);
        var message = result.Message!;
        var expected = golden.Expected;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Observations, Is.Empty);
            Assert.That(message.Nonce, Is.EqualTo(expected.Nonce));
            Assert.That(message.Reason, Is.EqualTo(expected.Reason));
            Assert.That(message.ReasonText, Is.Null);
            Assert.That(message.Action, Is.EqualTo(expected.Action));
            Assert.That(message.Status, Is.EqualTo(expected.Status));
            Assert.That(message.StatusText, Is.Null);
            Assert.That(message.MaxItems, Is.EqualTo(expected.MaxItems));
            Assert.That(message.Fragment, Is.EqualTo(expected.Fragment));
            Assert.That(message.ReasonFragment, Is.EqualTo(FragmentMark.None));
            Assert.That(message.HasNextFragment, Is.EqualTo(expected.Fragment == FragmentMark.Next));
            Assert.That(message.IsInitiating, Is.EqualTo(expected.Reason != ContactReason.ReplyTo));
            Assert.That(message.Items, Is.EqualTo(expected.Items));
        }
    }

    [TestCaseSource(nameof(FromServices))]
    public void A_service_message_is_read_field_by_field(GoldenServiceMessage golden)
    {
        var result = DlsReader.Read(MessageFiles.Read("golden", golden.File));

        Assert.That(result.Error, Is.Null);
        var message = result.Message!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Observations, Is.Empty);
            Assert.That(message.Nonce, Is.EqualTo(golden.Expected.Nonce));
            Assert.That(message.Action, Is.EqualTo(golden.Expected.Action));
            Assert.That(message.ActionText, Is.Null);
            Assert.That(message.MaxItems, Is.Null);
            Assert.That(message.Fragment, Is.EqualTo(FragmentMark.None));
            Assert.That(message.Items, Is.EqualTo(golden.Expected.Items));
        }
    }

    [TestCaseSource(nameof(FromPhones))]
    public void Strict_mode_accepts_each_phone_message(GoldenPhoneMessage golden) =>
        Assert.That(WorkpointReader.Read(MessageFiles.Read("golden", golden.File), Strict).Error, Is.Null);

    [TestCaseSource(nameof(FromServices))]
    public void Strict_mode_accepts_each_service_message(GoldenServiceMessage golden) =>
        Assert.That(DlsReader.Read(MessageFiles.Read("golden", golden.File), Strict).Error, Is.Null);

    [TestCaseSource(nameof(FromPhones))]
    public void A_phone_message_is_written_byte_by_byte(GoldenPhoneMessage golden)
    {
        var file = MessageFiles.Read("golden", golden.File);
        var written = WorkpointWriter.Write(WorkpointReader.Read(file).Message!);

        if (golden.Exact)
            Assert.That(Encoding.UTF8.GetString(written), Is.EqualTo(Encoding.UTF8.GetString(file)));
        Assert.That(WorkpointWriter.Write(golden.Expected), Is.EqualTo(written));
    }

    [TestCaseSource(nameof(FromServices))]
    public void A_service_message_is_written_byte_by_byte(GoldenServiceMessage golden)
    {
        var file = MessageFiles.Read("golden", golden.File);
        var written = DlsWriter.Write(DlsReader.Read(file).Message!);

        if (golden.Exact)
            Assert.That(Encoding.UTF8.GetString(written), Is.EqualTo(Encoding.UTF8.GetString(file)));
        Assert.That(DlsWriter.Write(golden.Expected), Is.EqualTo(written));
    }

    [Test]
    public void Every_golden_file_has_an_expectation()
    {
        var expected = FromPhones.Select(golden => golden.File).Concat(FromServices.Select(golden => golden.File));

        Assert.That(MessageFiles.In("golden"), Is.EquivalentTo(expected));
    }

    [Test]
    public void Together_the_golden_messages_use_every_word_of_the_guide()
    {
        var items = FromPhones.SelectMany(golden => golden.Expected.Items ?? []);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FromPhones.Select(golden => golden.Expected.Reason).Distinct(),
                Is.EquivalentTo(Enum.GetValues<ContactReason>().Except([ContactReason.Unknown])));
            Assert.That(FromPhones.Select(golden => golden.Expected.Status).Distinct(),
                Is.EquivalentTo(Enum.GetValues<ReplyStatus>().Except([ReplyStatus.Unknown])));
            Assert.That(items.Select(item => item.Status).Distinct(),
                Is.EquivalentTo(Enum.GetValues<ItemStatus>().Except([ItemStatus.Unknown])));
            Assert.That(FromPhones.Select(golden => golden.Expected.Fragment).Distinct(),
                Is.EquivalentTo(Enum.GetValues<FragmentMark>()));
            Assert.That(FromServices.Select(golden => golden.Expected.Action).Distinct(),
                Is.EquivalentTo(Enum.GetValues<ServerAction>().Except([ServerAction.None])));
        }
    }

    [TestCaseSource(nameof(FromPhones))]
    public void The_mac_address_stands_within_the_first_1500_bytes_of_what_opens_an_interaction(GoldenPhoneMessage golden)
    {
        // Field: a server in use looks no further.
        var start = Encoding.UTF8.GetString(MessageFiles.Read("golden", golden.File).AsSpan()[..^1]);
        if (golden.Expected.IsInitiating)
            Assert.That(start.IndexOf("\"mac-addr\"", StringComparison.Ordinal), Is.InRange(1, 1500));
    }
}
