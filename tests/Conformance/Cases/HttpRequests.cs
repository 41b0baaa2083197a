using System.Globalization;
using OpenStage.Harness.Listening;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;

namespace OpenStage.Conformance.Cases;

/// <summary>The HTTP that carries a phone's messages (WPI guide p.12-14).</summary>
[Guide("1.4.4.1", Page = 14)]
public sealed class HttpRequests(string phoneId) : PhoneCases(phoneId)
{
    /// <summary>A message of 50 kB, the largest there is (p.69), takes four records; the rest is leeway.</summary>
    private const int MostRecords = 8;

    [Case("wpi/1.4.4.1/3", Level.Informational, "Phones post to /DeploymentService/LoginService (field).", Catches = ["other-path"])]
    public async Task Messages_go_to_the_path_of_the_field()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.EndAsync();
        ExpectText("/DeploymentService/LoginService", talk.Last.Target, "target");
    }

    [Case("wpi/1.4.4.1/4", Level.Must, "The Host header names the service that is called.", Page = 12, Catches = ["host-wrong"])]
    public async Task The_Host_header_names_the_service()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.EndAsync();
        ExpectText(Phone.ServerUrl.Authority, talk.Last.Header("Host"), "Host");
    }

    [Case("wpi/1.4.4.1/5", Level.Should, "A message announces its length with Content-Length.", Catches = ["content-length-wrong", "connection-cut"])]
    public async Task Content_Length_is_the_length_of_the_message()
    {
        using var talk = await Phone.SolicitAsync();
        await talk.EndAsync();
        ExpectText(talk.Last.Body.Length.ToString(CultureInfo.InvariantCulture), talk.Last.Header("Content-Length"), "Content-Length");
    }

    [Case("wpi/1.4.4.1/6", Level.Must, "The session cookie comes with every later message of the interaction.", Page = 13, Catches = ["reply-without-cookie"])]
    public async Task The_cookie_comes_with_every_reply()
    {
        using var talk = await Phone.SolicitAsync();
        var cookies = new List<string?>();
        for (var replies = 0; replies < 3; replies++)
            cookies.Add((await talk.AskAsync(ServerAction.ReadItems, new Item("software-version"))).Header("Cookie"));
        await talk.EndAsync();
        Expect(cookies.All(cookie => cookie is not null && cookie == cookies[0]), "the same cookie three times",
            $"{cookies.Count(cookie => cookie is null)} replies without, {cookies.Distinct().Count()} different");
    }

    [Case("wpi/1.4.4.1/7", Level.Informational, "The messages of an interaction share one connection, which the service keeps open (the service's timeout, p.12; some phones of the field close it).", Page = 12,
        Catches = ["connection-close"])]
    public async Task The_messages_of_an_interaction_share_a_connection()
    {
        await ReplyToAsync(ServerAction.ReadItems, new Item("software-version"));
        var clients = Phone.Exchanges.Where(exchange => exchange.Kind == ExchangeKind.Message).Select(exchange => exchange.Client).ToList();
        Expect(clients.Count > 1 && clients.Distinct().Count() == 1, "one connection", $"{clients.Distinct().Count()} connections for {clients.Count} messages");
    }

    [Case("wpi/1.4.4.1/8", Level.Informational, "A message goes out in few pieces; many small ones keep a service waiting (deduced, the guide says nothing of it).",
        Catches = ["slow-bytes"])]
    public async Task A_message_goes_out_in_few_pieces()
    {
        await Phone.ContactGapAsync();
        using var elsewhere = Phone.Serve(ListenerKind.Https, call => LabAnswer.Of(call, "<Action>CleanUp</Action>"));
        await Phone.PostContactMeAsync(string.Create(CultureInfo.InvariantCulture, $"ContactMe=true&dls_ip_addr={elsewhere.Url.Host}&dls_ip_port={elsewhere.Url.Port}"));
        Phone.Contacted();
        await Phone.Time.UntilAsync(() => elsewhere.Requests.Count > 0, TimeSpan.FromSeconds(30));
        var records = elsewhere.Requests.Select(call => call.Records).FirstOrDefault();
        Expect(records is > 0 and <= MostRecords, $"a message in at most {MostRecords} TLS records", records == 0 ? "no message" : $"{records}");
    }
}
