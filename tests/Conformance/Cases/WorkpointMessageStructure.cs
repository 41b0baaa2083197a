using System.Net;
using System.Text.RegularExpressions;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>What a phone's message looks like (WPI guide p.26-29).</summary>
[Guide("3.3", Page = 27)]
public sealed partial class WorkpointMessageStructure(string phoneId) : PhoneCases(phoneId)
{
    private static readonly string[] Reasons =
        ["start-up", "solicited", "reply-to", "local-changes", "inventory-changes", "status", "clean-up"];

    private static readonly string[] ItemStatuses =
        ["failed", "unknown item", "read only", "invalid index", "unexpected item", "not supported", "invalid data", "undefined status"];

    [Case("wpi/3.3/1", Level.Must, "The root element is WorkpointMessage.", Catches = ["wrong-root", "junk-before-prolog", "utf-16-body"])]
    public async Task The_root_is_WorkpointMessage()
    {
        var message = await SolicitedAsync();
        ExpectText("WorkpointMessage", message.RootName, "root element");
    }

    [Case("wpi/3.3/2", Level.Must, "A message has exactly one Message element.", Catches = ["message-twice"])]
    public async Task There_is_exactly_one_Message()
    {
        var message = await SolicitedAsync();
        Expect(message.Messages.Count == 1, "one Message element", $"{message.Messages.Count}");
    }

    [Case("wpi/3.3/3", Level.Should, "The namespace is http://www.siemens.com/DLS.", Page = 33, Catches = ["wrong-namespace"])]
    public async Task The_namespace_is_the_one_of_the_guide()
    {
        var message = await SolicitedAsync();
        ExpectText("http://www.siemens.com/DLS", message.Namespace, "namespace");
    }

    [Case("wpi/3.3/4", Level.Must, "Message carries a nonce of hex digits.", Page = 28, Catches = ["nonce-missing"])]
    public async Task Every_message_has_a_nonce()
    {
        var message = await SolicitedAsync();
        Expect(Hex().IsMatch(message.Nonce), "a nonce of hex digits", message.Nonce.Length == 0 ? "none" : $"'{message.Nonce}'");
    }

    [Case("wpi/3.3/5", Level.Informational, "The nonce guards against replay, so each interaction has its own.", Page = 28,
        Catches = ["nonce-constant"])]
    public async Task Two_interactions_have_different_nonces()
    {
        var first = await SolicitedAsync();
        var second = await SolicitedAsync();
        Expect(first.Nonce != second.Nonce, "another nonce in the second interaction", $"'{second.Nonce}' again");
    }

    [Case("wpi/3.3/6", Level.Must, "The first message carries mac-addr.", Catches = ["no-mac-in-start-up"])]
    public async Task The_first_message_carries_the_MAC_address_of_the_phone()
    {
        using var talk = await Phone.RestartAsync();
        Expect(talk.Last.Item("mac-addr")?.Text.Equals(Phone.Mac, StringComparison.OrdinalIgnoreCase) == true,
            $"mac-addr {Phone.Mac}", talk.Last.Item("mac-addr")?.Text ?? "none");
        await talk.EndAsync();
    }

    [Case("wpi/3.3/7", Level.Should, "mac-addr is written in upper case with colons.", Page = 33, Catches = ["mac-lower-case"])]
    public async Task The_MAC_address_is_in_upper_case()
    {
        var message = await SolicitedAsync();
        ExpectText(Phone.Mac, message.Item("mac-addr")?.Text, "mac-addr");
    }

    [Case("wpi/3.3/8", Level.Must, "The first message carries contact-me-uri.", Catches = ["no-contact-me-uri"])]
    public async Task The_first_message_carries_a_usable_contact_me_uri()
    {
        var message = await SolicitedAsync();
        var text = message.Item("contact-me-uri")?.Text;
        var usable = text is { Length: <= 255 } && Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https" && IPAddress.TryParse(uri.Host.Trim('[', ']'), out _);
        Expect(usable, "contact-me-uri: an HTTP address with an IP host, at most 255 characters", text ?? "none");
    }

    [Case("wpi/3.3/9", Level.Must, "The first message carries e164.", Catches = ["no-e164"])]
    public async Task The_first_message_carries_e164()
    {
        var message = await SolicitedAsync();
        Expect(message.Item("e164") is not null, "an item e164", "none");
    }

    [Case("wpi/3.3/10", Level.Must, "ReasonForContact is one of the reasons of the guide.", Page = 28, Catches = ["reason-misspelt"])]
    public async Task The_reason_is_one_the_guide_knows()
    {
        using var talk = await Phone.RestartAsync();
        Expect(Reasons.Contains(talk.Last.Reason), string.Join(", ", Reasons), $"'{talk.Last.Reason}'");
        await talk.EndAsync();
    }

    [Case("wpi/3.3/11", Level.Must, "A reply names the action that it answers.", Page = 29,
        Catches = ["action-attribute-missing", "reply-to-wrong-action"])]
    public async Task A_reply_names_its_action()
    {
        var reply = await ReadAsync();
        ExpectText("ReadItems", reply.Action, "action of ReasonForContact");
    }

    [Case("wpi/3.3/12", Level.Must, "A reply says accepted, failed or busy.", Page = 29, Catches = ["status-missing", "reply-status-missing-on-read"])]
    public async Task A_reply_has_a_status()
    {
        var reply = await ReadAsync();
        Expect(reply.Status?.ToLowerInvariant() is "accepted" or "failed" or "busy", "status accepted, failed or busy", reply.Status ?? "none");
    }

    [Case("wpi/3.3/13", Level.Should, "The status is written in lower case.", Page = 29, Catches = ["status-upper-case"])]
    public async Task The_status_is_in_lower_case()
    {
        var reply = await ReadAsync();
        ExpectText("accepted", reply.Status, "status of ReasonForContact");
    }

    [Case("wpi/3.3/14", Level.Must, "An item status is one of the eight of the guide.", Page = 26, Catches = ["item-status-misspelt"])]
    public async Task An_item_status_is_one_the_guide_knows()
    {
        using var talk = await Phone.SolicitAsync();
        var reply = await talk.AskAsync(ServerAction.WriteItems, new Item("no-such-item", "1"));
        await talk.EndAsync();
        var strange = reply.Items.Where(item => item.Status is { } status && !ItemStatuses.Contains(status)).Select(item => item.ToString());
        Expect(!strange.Any(), string.Join(", ", ItemStatuses), string.Join(", ", strange));
    }

    [Case("wpi/3.3/15", Level.Must, "The phone presents the session cookie on its replies.", Page = 28, Catches = ["reply-without-cookie"])]
    public async Task A_reply_carries_the_session_cookie()
    {
        var reply = await ReadAsync();
        Expect(reply.Header("Cookie")?.Contains("JSESSIONID=", StringComparison.Ordinal) == true, "a Cookie header with JSESSIONID",
            reply.Header("Cookie") is null ? "no Cookie header" : "a Cookie header without it");
    }

    [Case("wpi/3.3/16", Level.Informational, "A cookie goes back as name and value, without its attributes (field).", Page = 13,
        Catches = ["cookie-with-attributes"])]
    public async Task The_cookie_goes_back_without_its_attributes()
    {
        var reply = await ReadAsync();
        Expect(reply.Header("Cookie")?.Contains("path", StringComparison.OrdinalIgnoreCase) != true, "name and value alone", "the path with it");
    }

    [Case("wpi/1.4.4.1/1", Level.Must, "The phone sends its messages as POST.", Page = 14, Catches = ["get-method"])]
    public async Task Messages_are_sent_as_POST()
    {
        var message = await SolicitedAsync();
        ExpectText("POST", message.Method, "method");
    }

    [Case("wpi/1.4.4.1/2", Level.Must, "The content type is text/xml.", Page = 14, Catches = ["content-type-json"])]
    public async Task The_content_type_is_text_xml()
    {
        var message = await SolicitedAsync();
        ExpectText("text/xml", message.Header("Content-Type")?.Split(';')[0].Trim(), "Content-Type");
    }

    [Case("wpi/3.3/17", Level.Informational, "The first message says with maxItems how many items the phone takes.", Page = 28,
        Catches = ["max-items-missing"])]
    public async Task The_first_message_says_maxItems()
    {
        var message = await SolicitedAsync();
        Expect(message.MessageAttribute("maxItems") is not null, "the attribute maxItems", "none");
    }

    private async Task<WireMessage> SolicitedAsync()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.EndAsync();
        return talk.Last;
    }

    private async Task<WireMessage> ReadAsync()
    {
        using var talk = await Phone.SolicitAsync();
        var reply = await talk.AskAsync(ServerAction.ReadItems, new Item("software-version"));
        await talk.EndAsync();
        return reply;
    }

    [GeneratedRegex("^[0-9A-Fa-f]{8,64}$")]
    private static partial Regex Hex();
}
