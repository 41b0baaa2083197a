using System.Globalization;
using System.Text.RegularExpressions;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>The parts of a phone's messages and replies (WPI guide p.26-29).</summary>
[Guide("3.3", Page = 26)]
public sealed partial class MessageForm(string phoneId) : PhoneCases(phoneId)
{
    private static readonly Item Indexed = new("codec-type", "", 1);

    public static IReadOnlyList<FirstMessageItem> Restarted =>
    [
        new("wpi/3.3/19", "start-up", "contact-me-uri", "no-contact-me-uri") { Needs = Capability.Restart },
        new("wpi/3.3/20", "start-up", "e164", "no-e164") { Needs = Capability.Restart },
    ];

    public static IReadOnlyList<FirstMessageItem> Changed =>
    [
        new("wpi/3.3/21", "local-changes", "mac-addr", "no-mac-in-start-up") { Needs = Capability.LocalChange },
        new("wpi/3.3/22", "local-changes", "contact-me-uri", "no-contact-me-uri") { Needs = Capability.LocalChange },
        new("wpi/3.3/23", "local-changes", "e164", "no-e164") { Needs = Capability.LocalChange },
    ];

    [CaseTable(nameof(Restarted))]
    public async Task Start_up_has_the_item(FirstMessageItem row)
    {
        using var talk = await Phone.RestartAsync();
        await talk.EndAsync();
        Has(talk.Last, row.Item);
    }

    [CaseTable(nameof(Changed))]
    public async Task Local_changes_has_the_item(FirstMessageItem row)
    {
        using var talk = Phone.Listen();
        await Phone.ChangeLocallyAsync(new Item("sntp-addr", "ntp8.example.net"));
        var message = await talk.NextAsync("local-changes after a change at the phone");
        await talk.EndAsync();
        Has(message, row.Item);
    }

    [Case("wpi/3.3/18", Level.Must, "A value that the service wrote to e164 is used from then on.", Page = 27, Catches = ["e164-never-changes"])]
    public async Task A_number_that_was_written_is_in_the_next_first_message()
    {
        using var talk = await Phone.SolicitAsync();
        var before = talk.Last.Item("e164")?.Text ?? "";
        await talk.AskAsync(ServerAction.WriteItems, new Item("e164", "498977012"));
        await talk.EndAsync();
        using var next = await Phone.SolicitAsync();
        var found = next.Last.Item("e164")?.Text;
        await next.AskAsync(ServerAction.WriteItems, new Item("e164", before));
        await next.EndAsync();
        ExpectText("498977012", found, "e164");
    }

    [Case("wpi/3.3/24", Level.Must, "A reply is one WorkpointMessage with one Message.", Page = 27, Catches = ["wrong-root", "message-twice"])]
    public async Task A_reply_is_one_WorkpointMessage_with_one_Message()
    {
        var reply = await ReplyToAsync(ServerAction.ReadItems, new Item("software-version"));
        ExpectText("WorkpointMessage", reply.RootName, "root element");
        Expect(reply.Messages.Count == 1, "one Message element", $"{reply.Messages.Count}");
    }

    [Case("wpi/3.3/25", Level.Must, "A reply carries a nonce of hex digits.", Page = 28, Catches = ["nonce-missing"])]
    public async Task A_reply_has_a_nonce()
    {
        var reply = await ReplyToAsync(ServerAction.ReadItems, new Item("software-version"));
        Expect(Hex().IsMatch(reply.Nonce), "a nonce of hex digits", reply.Nonce.Length == 0 ? "none" : $"'{reply.Nonce}'");
    }

    [Case("wpi/3.3/26", Level.Must, "Every item has a name.", Catches = ["item-without-name"])]
    public async Task Every_item_has_a_name()
    {
        var reply = await ReplyToAsync(ServerAction.ReadItems, new Item("software-version"), new Item("sntp-addr"));
        Expect(reply.Items.All(item => item.Name.Length > 0), "items with names", $"{reply.Items.Count(item => item.Name.Length == 0)} without");
    }

    [Case("wpi/3.3/27", Level.Must, "The index of an item is a number.", Catches = ["index-in-words"])]
    public async Task Every_index_is_a_number()
    {
        var reply = await ReplyToAsync(ServerAction.ReadItems, Indexed);
        var strange = reply.Items.Where(item => item.Index is { } index && !int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out _)).ToList();
        Expect(strange.Count == 0, "numbers", string.Join(", ", strange));
    }

    [Case("wpi/3.3/28", Level.Should, "maxItems is a number, -1 for no limit.", Page = 28, Catches = ["max-items-in-words"])]
    public async Task MaxItems_is_a_number()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.EndAsync();
        var text = talk.Last.MessageAttribute("maxItems");
        Expect(text is null || (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var most) && most is -1 or > 0),
            "maxItems -1 or more than 0, or none", $"'{text}'");
    }

    [Case("wpi/3.3/29", Level.Must, "The mark of a fragment is next or final.", Page = 29, Catches = ["fragment-mark-misspelt"])]
    public async Task The_mark_of_a_fragment_is_next_or_final()
    {
        var reply = await ReplyToAsync(ServerAction.ReadItems, new Item("software-version"));
        Expect(reply.Fragment is null or "next" or "final", "next, final or no mark", $"'{reply.Fragment}'");
    }

    [Case("wpi/3.3/30", Level.Should, "A reply in one piece is marked final.", Page = 45, Catches = ["no-fragment-mark"])]
    public async Task A_reply_in_one_piece_is_marked_final()
    {
        var reply = await ReplyToAsync(ServerAction.ReadItems, new Item("software-version"));
        ExpectText("final", reply.Fragment, "fragment");
    }

    [Case("wpi/3.3/31", Level.Informational, "A message that opens an interaction has no mark, as in every example.", Page = 33,
        Catches = ["fragment-mark-on-first-messages"])]
    public async Task A_first_message_has_no_mark()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.EndAsync();
        Expect(talk.Last.Fragment is null, "no mark", $"'{talk.Last.Fragment}'");
    }

    [Case("wpi/3.3/32", Level.Should, "Only a reply has action and status.", Page = 29, Catches = ["action-on-first-messages"])]
    public async Task A_first_message_has_neither_action_nor_status()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.EndAsync();
        Expect(talk.Last.Action is null && talk.Last.Status is null, "neither action nor status", $"action {talk.Last.Action}, status {talk.Last.Status}");
    }

    [Case("wpi/3.3/33", Level.Informational, "The nonce has 32 upper-case hex digits, as in most examples.", Page = 33, Catches = ["nonce-lower-case"])]
    public async Task The_nonce_has_32_upper_case_digits()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.EndAsync();
        Expect(Usual().IsMatch(talk.Last.Nonce), "32 upper-case hex digits", $"'{talk.Last.Nonce}'");
    }

    [Case("wpi/3.3/34", Level.Informational, "A message begins with its first tag, without a byte-order mark, as in every example.", Page = 33, Catches = ["byte-order-mark"])]
    public async Task A_message_begins_with_its_first_tag()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.EndAsync();
        var first = talk.Last.Body.Span.IndexOf((byte)'<');
        Expect(first == 0, "'<' as the first byte", first < 0 ? "no tag at all" : $"{first} bytes before it: {Convert.ToHexString(talk.Last.Body.Span[..Math.Min(first, 8)])}");
    }

    [Case("wpi/3.3/35", Level.Informational, "A nonce is either the same for a whole flow or new in each message (deduced from the text and the examples).", Page = 34,
        Catches = ["nonce-stale"])]
    public async Task The_nonces_of_an_interaction_are_all_the_same_or_all_different()
    {
        using var talk = await Phone.SolicitAsync();
        var nonces = new List<string> { talk.Last.Nonce };
        for (var replies = 0; replies < 3; replies++)
            nonces.Add((await talk.AskAsync(ServerAction.ReadItems, new Item("software-version"))).Nonce);
        await talk.EndAsync();
        var different = nonces.Distinct().Count();
        Expect(different == 1 || different == nonces.Count, $"1 or {nonces.Count} different nonces in {nonces.Count} messages", $"{different}");
    }

    private static void Has(WireMessage message, string item) =>
        Expect(message.Item(item) is { Text.Length: > 0 } || (item == "e164" && message.Item(item) is not null), $"an item {item}", $"none in {message}");

    [GeneratedRegex("^[0-9A-Fa-f]{8,64}$")]
    private static partial Regex Hex();

    [GeneratedRegex("^[0-9A-F]{32}$")]
    private static partial Regex Usual();
}
