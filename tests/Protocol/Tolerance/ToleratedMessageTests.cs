using NUnit.Framework;
using OpenStage.Fixtures;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Tests.Tolerance;

/// <summary>What the field sends is read, each deviation is named, and strict mode refuses it by that name.</summary>
[TestFixture]
internal sealed class ToleratedMessageTests
{
    private const string Folder = "golden/tolerated";

    private static readonly ReaderOptions Strict = new() { Strict = true };

    private static readonly Tolerated[] All =
    [
        new("phone-byte-order-mark.xml", "byte-order-mark"),
        new("phone-leading-spaces.xml", "leading-white-space"),
        new("phone-utf-16.xml", "encoding"),
        new("phone-latin-1.xml", "encoding"),
        new("phone-root-case.xml", "root-name"),
        new("phone-no-namespace.xml", "namespace"),
        new("phone-no-nonce.xml", "nonce-missing"),
        new("phone-padded-texts.xml", "padded-text"),
        new("phone-padded-reason.xml", "padded-text"),
        new("phone-accepted-with-capital.xml", "reply-status"),
        new("phone-unknown-reply-status.xml", "reply-status"),
        new("phone-fragment-on-reason.xml", "fragment-on-reason"),
        new("phone-fragment-mark-in-capitals.xml", "fragment-mark"),
        new("phone-unknown-fragment-mark.xml", "fragment-mark"),
        new("phone-max-items-zero.xml", "max-items"),
        new("phone-max-items-text.xml", "max-items"),
        new("phone-reason-case.xml", "reason"),
        new("phone-unknown-reason.xml", "reason"),
        new("phone-no-reason.xml", "reason-missing"),
        new("phone-two-reasons.xml", "several-heads"),
        new("phone-action-element.xml", "foreign-head"),
        new("phone-item-status-case.xml", "item-status"),
        new("phone-unknown-item-status.xml", "item-status"),
        new("phone-index-text.xml", "item-index"),
        new("phone-item-without-name.xml", "item-without-name"),
        new("phone-item-outside-list.xml", "item-outside-list"),
        new("phone-unknown-elements.xml", "unknown-element", "unknown-element", "unknown-element"),
        new("phone-stray-text.xml", "stray-text"),
        new("phone-two-messages.xml", "several-messages"),
        new("service-DlsMessage.xml", "root-name"),
        new("service-no-namespace.xml", "namespace"),
        new("service-own-namespace.xml", "namespace"),
        new("service-newline-before-root.xml", "leading-white-space"),
        new("service-newline-before-declaration.xml", "leading-white-space"),
        new("service-list-per-item.xml", "several-item-lists", "several-item-lists"),
        new("service-empty-list-then-list.xml", "several-item-lists"),
        new("service-list-beside-message.xml", "item-list-beside-message"),
        new("service-empty-reason.xml", "foreign-head"),
        new("service-no-action.xml", "action-missing"),
        new("service-empty-message.xml", "action-missing"),
        new("service-clean-up-empty-nonce.xml", "nonce-missing"),
        new("service-Cleanup.xml", "action"),
        new("service-unknown-action.xml", "action"),
        new("service-status-secure.xml", "item-status-from-service"),
        new("service-padded-url.xml", "padded-text"),
        new("service-signed.xml", "signature-envelope"),
    ];

    [TestCaseSource(nameof(All))]
    public void A_tolerated_message_is_read_and_each_deviation_named(Tolerated tolerated)
    {
        var (error, observations) = Read(tolerated, ReaderOptions.Default);

        Assert.That(error, Is.Null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(observations.Select(observation => observation.Code), Is.EqualTo(tolerated.Codes));
            Assert.That(observations.Select(observation => observation.Expected), Has.All.Not.Empty);
            Assert.That(observations.Select(observation => observation.Actual), Has.All.Not.Empty);
            Assert.That(observations.Where(observation => observation.Line > 0).Select(observation => observation.Column), Has.All.Positive);
        }
    }

    [TestCaseSource(nameof(All))]
    public void Strict_mode_refuses_it_by_the_same_name(Tolerated tolerated)
    {
        var (error, observations) = Read(tolerated, Strict);

        Assert.That(error?.Code, Is.EqualTo(tolerated.Codes[0]));
        Assert.That(error!.Expected, Is.Not.Empty);
        Assert.That(error.Actual, Is.Not.Empty);
        Assert.That(observations, Is.Not.Empty);
    }

    [Test]
    public void Every_tolerated_file_has_an_expectation() =>
        Assert.That(MessageFiles.In(Folder), Is.EquivalentTo(All.Select(tolerated => tolerated.File)));

    [TestCase("phone-padded-texts.xml", "contact-me-uri", "http://127.17.0.1:8085/contact_dls.html/ContactDLS")]
    [TestCase("phone-leading-spaces.xml", "e164", "4040")]
    [TestCase("phone-utf-16.xml", "e164", "4040")]
    [TestCase("phone-latin-1.xml", "display-id-unicode", "Müller")]
    [TestCase("phone-item-without-name.xml", "e164", "4040")]
    [TestCase("phone-item-outside-list.xml", "e164", "4040")]
    [TestCase("phone-unknown-elements.xml", "e164", "4040")]
    [TestCase("phone-two-messages.xml", "mac-addr", "00:1A:E8:00:00:01")]
    [TestCase("phone-index-text.xml", "e164", "4040")]
    public void A_deviating_phone_message_keeps_its_values(string file, string item, string value) =>
        Assert.That(Phone(file).Value(item), Is.EqualTo(value));

    [TestCase("service-DlsMessage.xml", "e164", "4040")]
    [TestCase("service-own-namespace.xml", "sntp-addr", "ntp.example.net")]
    [TestCase("service-list-per-item.xml", "dhcp", "true")]
    [TestCase("service-empty-list-then-list.xml", "e164", "4040")]
    [TestCase("service-list-beside-message.xml", "e164", "4040")]
    [TestCase("service-signed.xml", "e164", "4040")]
    [TestCase("service-padded-url.xml", "file-https-base-url", "https://127.17.1.1/files/lobby.png")]
    [TestCase("service-status-secure.xml", "sip-mobility-state", "0")]
    public void A_deviating_service_message_keeps_its_values(string file, string item, string value) =>
        Assert.That(Service(file).Value(item), Is.EqualTo(value));

    [Test]
    public void What_is_spelt_differently_keeps_its_meaning_and_its_spelling()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Phone("phone-reason-case.xml").Reason, Is.EqualTo(ContactReason.StartUp));
            Assert.That(Phone("phone-reason-case.xml").ReasonText, Is.EqualTo("Start-Up"));
            Assert.That(Phone("phone-accepted-with-capital.xml").Status, Is.EqualTo(ReplyStatus.Accepted));
            Assert.That(Phone("phone-accepted-with-capital.xml").StatusText, Is.EqualTo("Accepted"));
            Assert.That(Phone("phone-item-status-case.xml").Items![0].Status, Is.EqualTo(ItemStatus.ReadOnly));
            Assert.That(Phone("phone-fragment-mark-in-capitals.xml").Fragment, Is.EqualTo(FragmentMark.Final));
            Assert.That(Phone("phone-padded-reason.xml").ReasonText, Is.Null);
            Assert.That(Service("service-Cleanup.xml").Action, Is.EqualTo(ServerAction.CleanUp));
            Assert.That(Service("service-Cleanup.xml").ActionText, Is.EqualTo("Cleanup"));
        }
    }

    [Test]
    public void What_the_guide_does_not_know_is_unknown_and_keeps_its_spelling()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Phone("phone-unknown-reason.xml").Reason, Is.EqualTo(ContactReason.Unknown));
            Assert.That(Phone("phone-unknown-reason.xml").ReasonText, Is.EqualTo("lonely"));
            Assert.That(Phone("phone-no-reason.xml").Reason, Is.EqualTo(ContactReason.Unknown));
            Assert.That(Phone("phone-unknown-reply-status.xml").Status, Is.EqualTo(ReplyStatus.Unknown));
            Assert.That(Phone("phone-unknown-reply-status.xml").StatusText, Is.EqualTo("maybe"));
            Assert.That(Phone("phone-unknown-item-status.xml").Items![0].Status, Is.EqualTo(ItemStatus.Unknown));
            Assert.That(Phone("phone-unknown-item-status.xml").Items![0].StatusText, Is.EqualTo("melted"));
            Assert.That(Phone("phone-unknown-fragment-mark.xml").Fragment, Is.EqualTo(FragmentMark.None));
            Assert.That(Phone("phone-index-text.xml").Items![0].Index, Is.Null);
            Assert.That(Phone("phone-max-items-zero.xml").MaxItems, Is.Null);
            Assert.That(Phone("phone-no-nonce.xml").Nonce, Is.Empty);
            Assert.That(Service("service-unknown-action.xml").Action, Is.EqualTo(ServerAction.None));
            Assert.That(Service("service-unknown-action.xml").ActionText, Is.EqualTo("Dance"));
            Assert.That(Service("service-no-action.xml").ActionText, Is.Null);
            Assert.That(Service("service-status-secure.xml").Items![0].StatusText, Is.EqualTo("secure"));
        }
    }

    [Test]
    public void A_fragment_mark_on_the_reason_counts()
    {
        var message = Phone("phone-fragment-on-reason.xml");

        Assert.That(message.ReasonFragment, Is.EqualTo(FragmentMark.Next));
        Assert.That(message.HasNextFragment, Is.True);
    }

    [Test]
    public void Attributes_of_another_namespace_mean_nothing()
    {
        var read = DlsReader.Read("""
            <DLSMessage xmlns="http://www.siemens.com/DLS" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="x">
            <Message nonce="1" x:nonce="2"><Action>WriteItems</Action><ItemList>
            <Item name="e164" index="1" xsi:type="xs:string" x:name="evil" x:index="9">4040</Item>
            </ItemList></Message></DLSMessage>
            """u8.ToArray(), Strict);

        Assert.That(read.Message?.Nonce, Is.EqualTo("1"));
        Assert.That(read.Message?.Items, Is.EqualTo([new Item("e164", "4040", 1)]));
    }

    [Test]
    public void A_list_per_item_gives_all_items_in_order() =>
        Assert.That(Service("service-list-per-item.xml").Items!.Select(item => item.Name), Is.EqualTo(["sntp-addr", "e164", "dhcp"]));

    [Test]
    public void A_place_counts_the_lines_before_the_declaration()
    {
        // phone-leading-spaces.xml: two lines of white space, then the declaration on the third.
        var body = "  \n\n   <?xml version=\"1.0\"?>\n<WorkpointMessage xmlns=\"http://www.siemens.com/DLS\">\n<Message nonce=\"0\">\n  <Other/>"u8;
        var cut = WorkpointReader.Read(body.ToArray());
        var wrong = WorkpointReader.Read("\r\n\r\n  <?xml version=\"1.0\"?><Wrong/>"u8.ToArray());

        Assert.That(cut.Error!.Line, Is.EqualTo(6));
        Assert.That((wrong.Error!.Code, wrong.Error.Line, wrong.Error.Column), Is.EqualTo(("wrong-root", 3, 25)));
    }

    private static WorkpointMessage Phone(string file) => WorkpointReader.Read(MessageFiles.Read(Folder, file)).Message!;

    private static DlsMessage Service(string file) => DlsReader.Read(MessageFiles.Read(Folder, file)).Message!;

    private static (MessageError? Error, IReadOnlyList<Observation> Observations) Read(Tolerated tolerated, ReaderOptions options)
    {
        var body = MessageFiles.Read(Folder, tolerated.File);
        if (!tolerated.FromPhone)
        {
            var service = DlsReader.Read(body, options);
            return (service.Error, service.Observations);
        }

        var phone = WorkpointReader.Read(body, options);
        return (phone.Error, phone.Observations);
    }
}
