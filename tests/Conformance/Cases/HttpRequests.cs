using System.Globalization;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Conformance.Cases;

/// <summary>The HTTP that carries a phone's messages (WPI guide p.12-14).</summary>
[Guide("1.4.4.1", Page = 14)]
public sealed class HttpRequests(string phoneId) : PhoneCases(phoneId)
{
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
}
