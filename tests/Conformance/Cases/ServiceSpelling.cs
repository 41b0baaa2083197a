using System.Text;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Conversations;

namespace OpenStage.Conformance.Cases;

/// <summary>Messages of the service that say the same in other letters (WPI guide p.30-38, p.77).</summary>
[Guide("3.4", Page = 30)]
public sealed class ServiceSpelling(string phoneId) : PhoneCases(phoneId)
{
    private const string Usual = "xmlns=\"http://www.siemens.com/DLS\"";

    public static IReadOnlyList<XmlSpelling> Spellings =>
    [
        new("wpi/3.4/1", Level.Must, 33, "White space around texts does not count", "Element text is padded with line ends in the guide's own examples.", "white-space-refused",
            Message(Usual, "\n  WriteItems\n  ", "<Item name=\"sntp-addr\">\n    spelling1.example.net\n  </Item>"), "sntp-addr", "spelling1.example.net"),
        new("wpi/3.4/2", Level.Must, 38, "An empty item with an end tag is read", "Items that are asked for may be written with an end tag.", "end-tags-refused",
            Message(Usual, "ReadItems", "<Item name=\"software-version\"></Item>"), "software-version", null),
        new("wpi/3.4/3", Level.Must, 38, "An empty item without end tag is read", "Items that are asked for may be written without an end tag.", "empty-tags-refused",
            Message(Usual, "ReadItems", "<Item name=\"software-version\"/>"), "software-version", null),
        new("wpi/3.4/4", Level.Should, 34, "A namespace of the service's own is taken", "The guide shows a service with its own namespace.", "other-namespace-refused",
            Message("xmlns=\"http://mydomain/provisioning\"", "WriteItems", "<Item name=\"sntp-addr\">spelling4.example.net</Item>"), "sntp-addr", "spelling4.example.net"),
        new("wpi/3.4/5", Level.Informational, 34, "No namespace is needed", "Services of the field send no namespace.", "namespace-needed",
            Message("", "WriteItems", "<Item name=\"sntp-addr\">spelling5.example.net</Item>"), "sntp-addr", "spelling5.example.net"),
        new("wpi/3.4/6", Level.Should, 77, "Attributes come in any order", "The order of attributes is not fixed.", "attribute-order-matters",
            Message(Usual, "WriteItems", "<Item index=\"2\" name=\"codec-type\">2</Item>"), "codec-type", "2", 2),
        new("wpi/3.4/7", Level.Should, 30, "A character reference stands for its character", "Messages are XML.", "character-references-refused",
            Message(Usual, "WriteItems", "<Item name=\"sntp-addr\">spelling&#55;.example.net</Item>"), "sntp-addr", "spelling7.example.net"),
        new("wpi/3.4/8", Level.Should, 30, "Character data is a value", "Messages are XML.", "character-data-refused",
            Message(Usual, "WriteItems", "<Item name=\"sntp-addr\"><![CDATA[spelling8.example.net]]></Item>"), "sntp-addr", "spelling8.example.net"),
        new("wpi/3.4/9", Level.Should, 30, "Comments do not count", "Messages are XML.", "comments-refused",
            Message(Usual, "WriteItems", "<!-- a time server --><Item name=\"sntp-addr\">spelling9.example.net</Item>"), "sntp-addr", "spelling9.example.net"),
        new("wpi/3.4/10", Level.Should, 30, "Attributes may have single quotes", "Messages are XML.", "single-quotes-refused",
            Message(Usual, "WriteItems", "<Item name='sntp-addr'>spelling10.example.net</Item>").Replace('"', '\''), "sntp-addr", "spelling10.example.net"),
        new("wpi/3.4/13", Level.Informational, 30, "A signed message is unwrapped", "The maker's service sends its messages inside a signature.", "signature-refused",
            "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo/><SignatureValue/><Object Id=\"DLSMessage\">"
            + Message(Usual, "WriteItems", "<Item name=\"sntp-addr\">spelling13.example.net</Item>") + "</Object></Signature>", "sntp-addr", "spelling13.example.net"),
        new("wpi/3.4/14", Level.Informational, 34, "The root may be spelled DlsMessage", "Services of the field write DlsMessage.", "root-spelling-matters",
            Message(Usual, "WriteItems", "<Item name=\"sntp-addr\">spelling14.example.net</Item>").Replace("DLSMessage", "DlsMessage", StringComparison.Ordinal), "sntp-addr", "spelling14.example.net"),
        new("wpi/3.4/15", Level.Should, 26, "The type of an item does not count", "type is an optional attribute, currently unused.", "item-type-refused",
            Message(Usual, "WriteItems", "<Item name=\"sntp-addr\" type=\"text\">spelling15.example.net</Item>"), "sntp-addr", "spelling15.example.net"),
        new("wpi/3.4/16", Level.Informational, 26, "A status on an item of the service does not count", "The maker's service sends status=\"secure\".", "item-status-refused",
            Message(Usual, "WriteItems", "<Item name=\"sntp-addr\" status=\"secure\">spelling16.example.net</Item>"), "sntp-addr", "spelling16.example.net"),
    ];

    [CaseTable(nameof(Spellings))]
    public async Task A_message_is_understood(XmlSpelling row)
    {
        using var talk = await Phone.SolicitAsync();
        talk.Answer(Encoding.UTF8.GetBytes(row.Xml.Replace("NONCE", talk.Last.Nonce, StringComparison.Ordinal)));
        var reply = await talk.NextAsync("reply-to");
        int? index = row.Index > 0 ? row.Index : null;
        if (reply.Action == "WriteItems")
            reply = await talk.AskAsync(ServerAction.ReadItems, new Item(row.Item, "", index));
        await talk.EndAsync();
        ExpectText("accepted", reply.Status?.ToLowerInvariant(), "status");
        var found = reply.Item(row.Item, index is null ? null : $"{index}")?.Text;
        Expect(row.Value is null ? found is { Length: > 0 } : found == row.Value, $"{row.Item}: {row.Value ?? "a value"}", found is null ? "no such item" : $"'{found}'");
    }

    [Case("wpi/3.4/11", Level.Informational, "An empty answer ends the interaction (field).", Catches = ["empty-answer-refused"])]
    public async Task An_empty_answer_ends_the_interaction()
    {
        using var talk = await Phone.SolicitAsync();
        talk.Answer(default(ReadOnlyMemory<byte>));
        await talk.SilenceAsync(TimeSpan.FromSeconds(60), "after an empty answer");
    }

    [Case("wpi/3.4/12", Level.Informational, "A 204 without body ends the interaction (field).", Catches = ["empty-answer-refused"])]
    public async Task A_204_ends_the_interaction()
    {
        using var talk = await Phone.SolicitAsync();
        talk.Answer(default(ReadOnlyMemory<byte>), status: 204);
        await talk.SilenceAsync(TimeSpan.FromSeconds(60), "after a 204");
    }

    [Case("wpi/3.4/17", Level.Must, "From V3 on chunked answers are understood.", Page = 12, Needs = Capability.Chunked, Catches = ["chunked-refused"])]
    public async Task A_chunked_answer_is_understood()
    {
        using var talk = await Phone.SolicitAsync();
        var xml = Message(Usual, "ReadItems", "<Item name=\"software-version\"/>").Replace("NONCE", talk.Last.Nonce, StringComparison.Ordinal);
        talk.Answer(new ScriptedAnswer(200, Encoding.UTF8.GetBytes(xml), Chunked: true));
        var reply = await talk.NextAsync("reply-to ReadItems");
        await talk.EndAsync();
        ExpectText("accepted", reply.Status?.ToLowerInvariant(), "status");
    }

    private static string Message(string root, string action, string items) =>
        $"<DLSMessage {root}><Message nonce=\"NONCE\"><Action>{action}</Action><ItemList>{items}</ItemList></Message></DLSMessage>"
            .Replace("<DLSMessage >", "<DLSMessage>", StringComparison.Ordinal);
}
