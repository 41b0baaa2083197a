using System.Net;
using System.Net.Sockets;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Wire;

namespace OpenStage.Conformance.Cases;

/// <summary>How a service asks a phone to call (WPI guide p.14-15, p.41).</summary>
[Guide("1.4.4.2", Page = 14)]
public sealed class ContactMeMessages(string phoneId) : PhoneCases(phoneId)
{
    [Case("wpi/1.4.4.2/1", Level.Must, "A contact-me POST is acknowledged with 204 No Content.", Page = 15,
        Catches = ["contact-me-200", "contact-me-post-refused"])]
    public async Task A_contact_me_POST_is_acknowledged_with_204()
    {
        await Phone.ContactGapAsync();
        var answer = await Phone.PostContactMeAsync();
        Phone.Contacted();
        Expect(answer.Status == 204, "HTTP status 204", Describe(answer));
    }

    [Case("wpi/1.4.4.2/2", Level.Should, "The acknowledgement names DlsClient as server.", Page = 15,
        Catches = ["contact-me-no-server-header"])]
    public async Task The_acknowledgement_names_DlsClient()
    {
        var answer = await Phone.PostContactMeAsync();
        Phone.Contacted();
        ExpectText("DlsClient", HttpExchange.Header(answer.ResponseHeaders, "Server"), "Server header");
    }

    [Case("wpi/1.4.4.2/3", Level.Must, "The acknowledgement has no body.", Page = 15, Catches = ["contact-me-with-body"])]
    public async Task The_acknowledgement_has_no_body()
    {
        var answer = await Phone.PostContactMeAsync();
        Phone.Contacted();
        Expect(answer.ResponseBody.Length == 0, "no body", $"{answer.ResponseBody.Length} bytes");
    }

    [Case("wpi/1.4.4.2/4", Level.Must, "After a contact-me the phone opens an interaction with reason solicited.", Page = 41,
        Catches = ["contact-me-ignored"])]
    public async Task The_phone_calls_back_with_reason_solicited()
    {
        using var talk = await Phone.SolicitAsync();
        ExpectText("solicited", talk.Last.Reason, "ReasonForContact");
        await talk.EndAsync();
    }

    [Case("wpi/1.4.4.2/5", Level.Informational, "Contact-me parameters are taken from a GET query too (field).",
        Catches = ["contact-me-get-refused"])]
    public async Task A_contact_me_GET_makes_the_phone_call_back()
    {
        await Phone.ContactGapAsync();
        using var talk = Phone.Listen();
        await Phone.GetContactMeAsync("ContactMe=true");
        Phone.Contacted();
        await talk.NextAsync("solicited after a contact-me GET");
        await talk.EndAsync();
    }

    [Case("wpi/1.4.4.2/6", Level.Must, "dls_ip_addr and dls_ip_port say where the phone calls this time.",
        Catches = ["contact-me-ignores-address"])]
    public async Task The_phone_calls_the_address_given_in_the_contact_me()
    {
        await Phone.ContactGapAsync();
        using var elsewhere = new TcpListener(IPAddress.Parse(Phone.ServerUrl.Host), 0);
        elsewhere.Start();
        var port = ((IPEndPoint)elsewhere.LocalEndpoint).Port;
        var knock = elsewhere.AcceptTcpClientAsync();
        _ = knock.ContinueWith(_ => Phone.Time.Pulse(), TaskScheduler.Default);
        using var talk = Phone.Listen();
        await Phone.PostContactMeAsync($"ContactMe=true&dls_ip_addr={Phone.ServerUrl.Host}&dls_ip_port={port}");
        Phone.SentAway();

        await Phone.Time.UntilAsync(() => knock.IsCompleted || talk.HasNext, TimeSpan.FromSeconds(30));
        Expect(knock.IsCompletedSuccessfully, $"a connection to port {port}", talk.HasNext ? "a call to the configured service" : "none");
        knock.Result.Dispose();
    }

    [Case("wpi/1.4.4.2/7", Level.Informational, "ContactMe with another value than true asks for nothing (deduced).",
        Catches = ["contact-me-false-calls-back"])]
    public async Task ContactMe_false_makes_no_phone_call()
    {
        await Phone.ContactGapAsync();
        using var talk = Phone.Listen();
        await Phone.PostContactMeAsync("ContactMe=false");
        await talk.SilenceAsync(TimeSpan.FromSeconds(30), "after ContactMe=false");
    }

    [Case("wpi/1.4.4.2/8", Level.Informational, "Within the contact gap (300 s by default) a further contact-me starts no call-back (manual).",
        Catches = ["contact-me-gap-ignored"])]
    public async Task A_second_contact_me_within_the_gap_is_ignored()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.EndAsync();
        await Phone.Time.PassAsync(TimeSpan.FromSeconds(2));
        await Phone.PostContactMeAsync();
        await talk.SilenceAsync(TimeSpan.FromSeconds(60), "after a contact-me within the contact gap");
    }

    [Case("wpi/1.4.4.2/9", Level.Must, "A phone in a call still answers a contact-me.", Page = 74,
        Needs = Capability.Call, Catches = ["contact-me-refused-in-call"])]
    public async Task A_phone_in_a_call_honours_a_contact_me()
    {
        await Phone.StartCallAsync();
        using var talk = await Phone.SolicitAsync();
        ExpectText("solicited", talk.Last.Reason, "ReasonForContact");
        await talk.EndAsync();
    }

    private static string Describe(HttpExchange answer) =>
        answer.Status is { } status ? $"HTTP status {status}" : $"no answer: {answer.Error}";
}
