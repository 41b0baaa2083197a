using System.Globalization;
using System.Net;
using System.Text;
using OpenStage.Harness.Listening;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;

namespace OpenStage.Conformance.Cases.Service;

/// <summary>How a service asks a phone to call (WPI guide p.14-15, p.41).</summary>
[Guide("1.4.4.2", Page = 14)]
public sealed class ServiceContactMe(string serviceId) : ServiceCases(serviceId)
{
    private const string GuidePath = "/contact_dls.html/ContactDLS";

    [Case("srv/1.4.4.2/1", Level.Must, "The service's contact-me is a POST form with ContactMe=true.", ServiceNeeds = ServiceCapability.WriteItems, Catches = ["contact-me-false"])]
    public async Task Contact_me_is_a_form_that_says_true()
    {
        var contact = await ContactAsync();
        ExpectText("POST", contact.Method, "method");
        ExpectText("true", Form(contact, "ContactMe"), "ContactMe");
    }

    [Case("srv/1.4.4.2/2", Level.Must, "The content type of a contact-me is application/x-www-form-urlencoded.", ServiceNeeds = ServiceCapability.WriteItems, Catches = ["contact-me-as-json"])]
    public async Task The_content_type_of_contact_me_is_that_of_a_form()
    {
        var type = HttpExchange.Header((await ContactAsync()).Headers, "Content-Type");
        ExpectText("application/x-www-form-urlencoded", type?.Split(';')[0].Trim(), "Content-Type");
    }

    [Case("srv/1.4.4.2/3", Level.Should, "The service contacts a phone at the phone's own contact-me-uri.", Page = 41, ServiceNeeds = ServiceCapability.WriteItems, Catches = ["contact-me-elsewhere"])]
    public async Task The_phone_is_contacted_at_its_own_address()
    {
        Phone.ContactPath = "/own/path/of/this/phone";
        ExpectText(Phone.ContactPath, (await ContactAsync()).Target, "path");
    }

    [Case("srv/1.4.4.2/4", Level.Informational, "The service may name the address that is to be called: an IP address, with a port.", ServiceNeeds = ServiceCapability.WriteItems, Catches = ["contact-me-port-no-number"])]
    public async Task An_address_in_contact_me_can_be_called()
    {
        var contact = await ContactAsync();
        var (address, port) = (Form(contact, "dls_ip_addr"), Form(contact, "dls_ip_port"));
        Expect(address is null || IPAddress.TryParse(address, out _), "dls_ip_addr with an IP address, or none", $"'{address}'");
        Expect(port is null || (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535),
            "dls_ip_port from 1 to 65535, or none", $"'{port}'");
    }

    [Case("srv/1.4.4.2/5", Level.Must, "A phone that called because of contact-me is given its job.", Page = 41, ServiceNeeds = ServiceCapability.WriteItems, Catches = ["solicited-ended"])]
    public async Task The_call_after_contact_me_brings_the_job()
    {
        var asked = await CalledForAsync(Job(ServiceJobKind.WriteItems, new Item("sntp-addr", "ntp6.example.net")), "WriteItems");
        ExpectEnd(await Phone.FollowAsync(asked));
    }

    /// <summary>Brings the service to contact the phone, which then does what it is asked for.</summary>
    private async Task<LabRequest> ContactAsync()
    {
        await RegisterAsync(Phone);
        await Service.OrderAsync(Job(ServiceJobKind.WriteItems, new Item("sntp-addr", "ntp7.example.net")));
        var contact = await Phone.ContactedAsync();
        await Phone.FollowAsync(await Phone.SayAsync("solicited"));
        Expect(contact.Target.StartsWith(GuidePath, StringComparison.Ordinal) || Phone.ContactPath != GuidePath, GuidePath, contact.Target);
        return contact;
    }

    private static string? Form(LabRequest contact, string name) => Encoding.UTF8.GetString(contact.Body).Split('&')
        .Select(pair => pair.Split('=', 2)).Where(pair => pair[0] == name && pair.Length == 2).Select(pair => WebUtility.UrlDecode(pair[1])).FirstOrDefault();
}
