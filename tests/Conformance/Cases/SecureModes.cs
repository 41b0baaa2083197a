using System.Security.Cryptography;
using OpenStage.Harness.Conversations;
using OpenStage.Harness.Evidence;
using OpenStage.Harness.Listening;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.SecureMode;

namespace OpenStage.Conformance.Cases;

/// <summary>The way to Secure Mode, and back by a factory reset (WPI guide p.62-68).</summary>
[Guide("3", Page = 64)]
public sealed class SecureModes(string phoneId) : PhoneCases(phoneId)
{
    private const string CleanUp = "<Action>CleanUp</Action>";

    private const string Reset = "<Action>Restart</Action><ItemList><Item name=\"restart-password\">124816</Item><Item name=\"restart-type\">FactoryReset</Item></ItemList>";

    private const string Pin = "123456789";

    private static readonly TimeSpan Change = TimeSpan.FromMinutes(1);

    private static readonly Lazy<LabCertificate> Given = new(() => LabCertificate.Make("Conformance"));

    [Case("wpi/3/1", Level.Must, "Without PIN the change is accepted with an empty list.", Needs = Capability.FactoryReset, Catches = ["all-items-in-write-reply"])]
    public Task Secure_Mode_is_accepted_with_an_empty_list() => SecureAsync((reply, _) =>
        Expect(reply.Status?.ToLowerInvariant() == "accepted" && reply.Items.Count == 0, "accepted with an empty list", $"{reply}: {string.Join(", ", reply.Items)}"));

    [Case("wpi/3/2", Level.Must, "After CleanUp the phone calls with start-up.", Needs = Capability.FactoryReset, Catches = ["stays-in-default-mode"])]
    public Task Secure_Mode_begins_with_start_up() => SecureAsync((_, calls) =>
        ExpectText("start-up", calls.Select(call => call.Message.Reason).FirstOrDefault(), "ReasonForContact on the secure port"));

    [Case("wpi/3/3", Level.Must, "In Secure Mode the phone calls on the port that dls-secure-port named.", Needs = Capability.FactoryReset, Catches = ["calls-default-port"])]
    public Task The_phone_calls_the_port_that_was_given() => SecureAsync((_, calls) => Expect(calls.Count > 0, "a message on the secure port", "none"));

    [Case("wpi/3/4", Level.Must, "The phone shows the client certificate that was given.", Needs = Capability.FactoryReset, Catches = ["shows-no-certificate"])]
    public Task The_phone_shows_its_certificate() => SecureAsync((_, calls) =>
        ExpectText(Given.Value.Thumbprint, calls.Select(call => call.ClientThumbprint).FirstOrDefault(), "thumbprint of the client certificate"));

    [Case("wpi/3/6", Level.Must, "From then on the phone calls on the secure port only.", Needs = Capability.FactoryReset, Catches = ["calls-default-port", "stays-in-default-mode"])]
    public Task A_contact_me_is_answered_on_the_secure_port() => SecureAsync((_, calls) =>
        Expect(calls.Any(call => call.Message.Reason == "solicited"), "solicited on the secure port", calls.Count == 0 ? "no message there" : string.Join(", ", calls.Select(call => call.Message))), contactAgain: true);

    [Case("wpi/3/7", Level.Must, "With PIN the change is accepted before the PIN was entered.", Page = 67, Needs = Capability.Restart, Catches = ["knows-no-pin"])]
    public Task Secure_Mode_with_PIN_is_accepted() => WithPinAsync((reply, _) =>
        Expect(reply.Status?.ToLowerInvariant() == "accepted" && reply.Items.Count == 0, "accepted with an empty list", $"{reply}: {string.Join(", ", reply.Items)}"));

    [Case("wpi/3/8", Level.Must, "Until the PIN was entered the phone stays in Default Mode.", Page = 65, Needs = Capability.Restart, Catches = ["contact-me-ignored"])]
    public Task Until_the_PIN_the_phone_calls_the_default_port() => WithPinAsync((_, next) => ExpectText("solicited", next.Reason, "ReasonForContact"));

    [Case("wpi/3/9", Level.Must, "After the PIN the phone comes to the secure port and gives the last three characters of the PIN as bootstrapping-tan.", Page = 68,
        Needs = Capability.Pin | Capability.FactoryReset, Catches = ["wrong-tan"])]
    public Task The_TAN_is_the_end_of_the_PIN() => ChangeAsync(
        port =>
        [
            new Item("goto-secure-mode", "pin"), new Item("max-pin-retries", "3"),
            new Item("secure-mode-data", new SecureModeData { ClientCertificate = Given.Value.Bundle, Authorities = [Phone.ListenerAuthority], Port = port }
                .Pack(Pin[..^SecureModeData.TanLength], RandomNumberGenerator.GetBytes(28))),
        ],
        "<Action>ReadItems</Action><ItemList><Item name=\"bootstrapping-tan\"></Item></ItemList>",
        (_, calls) => ExpectText("789", calls.Select(call => call.Message).FirstOrDefault(message => message.Reason == "reply-to")?.Item("bootstrapping-tan")?.Text, "bootstrapping-tan"),
        pin: Pin);

    /// <summary>Brings the phone to Secure Mode without PIN, looks, and has it go back.</summary>
    private Task SecureAsync(Action<WireMessage, IReadOnlyList<LabRequest>> check, bool contactAgain = false) => ChangeAsync(
        port =>
        [
            new Item("goto-secure-mode", "nopin"),
            new Item("dls-client-certificate", Given.Value.Bundle),
            new Item("dls-server-ca", Phone.ListenerAuthority, 0),
            new Item("dls-server-ca", Phone.ListenerAuthority, 1),
            new Item("dls-secure-port", $"{port}"),
        ],
        CleanUp, check, contactAgain);

    /// <param name="said">What the secure port answers; a reply is answered with CleanUp.</param>
    private async Task ChangeAsync(
        Func<int, Item[]> items, string said, Action<WireMessage, IReadOnlyList<LabRequest>> check, bool contactAgain = false, string pin = "")
    {
        using var port = Phone.Serve(ListenerKind.MutualHttps, call => LabAnswer.Of(call, call.Message.Reason == "reply-to" ? CleanUp : said));
        using var talk = await Phone.SolicitAsync();
        var reply = await talk.AskAsync(ServerAction.WriteItems, items(port.Url.Port));
        await talk.EndAsync();
        if (pin.Length > 0)
            await Phone.EnterPinAsync(pin);
        await Phone.Time.UntilAsync(() => port.Requests.Count > (said == CleanUp ? 0 : 1) || talk.HasNext, Change);
        if (contactAgain)
            await ContactAsync(talk, () => port.Requests.Count > 1 || talk.HasNext);
        var calls = port.Requests;
        said = Reset;
        await ContactAsync(talk, () => talk.HasNext);
        await BackAsync(talk);
        check(reply, calls);
    }

    private async Task ContactAsync(Conversation talk, Func<bool> until)
    {
        await BackAsync(talk);
        await Phone.ContactGapAsync();
        await Phone.PostContactMeAsync();
        Phone.Contacted();
        await Phone.Time.UntilAsync(until, LabSession.RestartPatience);
    }

    /// <summary>Takes what the phone says in Default Mode again; a phone that never left it has two things to say.</summary>
    private static async Task BackAsync(Conversation talk)
    {
        while (talk.HasNext)
        {
            await talk.NextAsync("a call in Default Mode");
            await talk.EndAsync();
        }
    }

    private async Task WithPinAsync(Action<WireMessage, WireMessage> check)
    {
        using var talk = await Phone.SolicitAsync();
        var reply = await talk.AskAsync(ServerAction.WriteItems,
            new Item("goto-secure-mode", "pin"), new Item("secure-mode-data", Convert.ToBase64String(new byte[64])), new Item("max-pin-retries", "3"));
        await talk.EndAsync();
        using var next = await Phone.SolicitAsync();
        var called = next.Last;
        next.Answer(ServerAction.Restart);
        await next.NextAsync("start-up after Restart", LabSession.RestartPatience);
        await next.EndAsync();
        check(reply, called);
    }
}
