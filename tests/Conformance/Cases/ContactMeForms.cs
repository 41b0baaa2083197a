using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Wire;

namespace OpenStage.Conformance.Cases;

/// <summary>The forms that a contact-me may have, and its answer (WPI guide p.14-15).</summary>
[Guide("1.4.4.2", Page = 14)]
public sealed class ContactMeForms(string phoneId) : PhoneCases(phoneId)
{
    public static IReadOnlyList<ContactMeForm> Forms =>
    [
        new("wpi/1.4.4.2/10", Level.Should, 14, "Parameters come in any order", "A form has no order.",
            "contact-me-order-matters", "dls_ip_port=PORT&dls_ip_addr=HOST&ContactMe=true"),
        new("wpi/1.4.4.2/11", Level.Must, 14, "Parameters are URL-encoded", "The content type of a contact-me is application/x-www-form-urlencoded.",
            "contact-me-not-decoded", "ContactMe=%74rue"),
        new("wpi/1.4.4.2/12", Level.Must, 15, "The content type needs no character set", "The content type may or may not name a character set.",
            "contact-me-needs-charset", "ContactMe=true", "application/x-www-form-urlencoded"),
        new("wpi/1.4.4.2/15", Level.Must, 14, "dls_ip_addr may come without dls_ip_port", "Both parameters are optional.",
            "contact-me-address-needs-port", "ContactMe=true&dls_ip_addr=HOST"),
    ];

    [CaseTable(nameof(Forms))]
    public async Task A_contact_me_makes_the_phone_call(ContactMeForm row)
    {
        await Phone.ContactGapAsync();
        using var talk = Phone.Listen();
        var form = row.Form.Replace("HOST", Phone.ServerUrl.Host, StringComparison.Ordinal)
            .Replace("PORT", Phone.ServerUrl.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await Phone.PostContactMeAsync(form, row.ContentType);
        Phone.Contacted();
        var message = await talk.NextAsync("solicited after this contact-me");
        await talk.EndAsync();
        ExpectText("solicited", message.Reason, "ReasonForContact");
    }

    [Case("wpi/1.4.4.2/13", Level.Must, "The address of a contact-me holds for this one call-back.", Catches = ["contact-me-address-kept"])]
    public async Task The_address_holds_for_one_call()
    {
        await Phone.ContactGapAsync();
        var port = FreePort();
        await Phone.PostContactMeAsync($"ContactMe=true&dls_ip_addr={Phone.ServerUrl.Host}&dls_ip_port={port}");
        Phone.SentAway();
        using var talk = await Phone.SolicitAsync();
        ExpectText("solicited", talk.Last.Reason, "ReasonForContact");
        await talk.EndAsync();
    }

    [Case("wpi/1.4.4.2/14", Level.Must, "dls_ip_port may come without dls_ip_addr.", Catches = ["contact-me-port-needs-address"])]
    public async Task A_port_may_come_alone()
    {
        await Phone.ContactGapAsync();
        using var elsewhere = new TcpListener(IPAddress.Parse(Phone.ServerUrl.Host), 0);
        elsewhere.Start();
        var knock = elsewhere.AcceptTcpClientAsync();
        _ = knock.ContinueWith(_ => Phone.Time.Pulse(), TaskScheduler.Default);
        using var talk = Phone.Listen();
        await Phone.PostContactMeAsync(string.Create(CultureInfo.InvariantCulture, $"ContactMe=true&dls_ip_port={((IPEndPoint)elsewhere.LocalEndpoint).Port}"));
        Phone.SentAway();
        await Phone.Time.UntilAsync(() => knock.IsCompleted || talk.HasNext, TimeSpan.FromSeconds(30));
        Expect(knock.IsCompletedSuccessfully, "a connection to that port", talk.HasNext ? "a call to the configured port" : "none");
        knock.Result.Dispose();
    }

    [Case("wpi/1.4.4.2/16", Level.Informational, "A GET without parameters asks for a call too (field).", Catches = ["contact-me-get-refused"])]
    public async Task A_bare_GET_makes_the_phone_call()
    {
        await Phone.ContactGapAsync();
        using var talk = Phone.Listen();
        await Phone.GetContactMeAsync();
        Phone.Contacted();
        await talk.NextAsync("solicited after a bare GET");
        await talk.EndAsync();
    }

    [Case("wpi/1.4.4.2/17", Level.Should, "The acknowledgement has Content-Length 0.", Page = 15, Catches = ["contact-me-without-length"])]
    public async Task The_acknowledgement_has_a_length_of_0() => ExpectText("0", await AcknowledgedAsync("Content-Length"), "Content-Length");

    [Case("wpi/1.4.4.2/18", Level.Should, "The acknowledgement has content type text/html.", Page = 15, Catches = ["contact-me-other-type"])]
    public async Task The_acknowledgement_is_called_text_html() => ExpectText("text/html", await AcknowledgedAsync("Content-type"), "Content-type");

    [Case("wpi/1.4.4.2/19", Level.Should, "One contact-me brings one call.", Page = 41, Catches = ["contact-me-two-calls", "post-twice"])]
    public async Task One_contact_me_brings_one_call()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.EndAsync();
        await talk.SilenceAsync(TimeSpan.FromSeconds(60), "after the one call");
    }

    private async Task<string?> AcknowledgedAsync(string header)
    {
        var answer = await Phone.PostContactMeAsync();
        Phone.Contacted();
        return HttpExchange.Header(answer.ResponseHeaders, header);
    }

    /// <summary>A port on which nobody listens.</summary>
    private int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Parse(Phone.ServerUrl.Host), 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
