using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator.Control;
using OpenStage.Simulator.Machine;

namespace OpenStage.Simulator.Tests.Control;

[TestFixture]
public sealed class ControlApiTests
{
    private const string Mac = "00:1A:E8:00:00:01";

    private readonly ManualClock clock = new();
    private SimulatedPhone phone = null!;
    private ControlApi control = null!;
    private HttpClient client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        var log = new ControlLog();
        phone = await SimulatedPhone.StartAsync(
            new PhoneOptions { Server = new Uri("https://127.0.0.1:1"), Model = "OpenStage 40", Mac = Mac, Address = "127.0.0.1", ContactMePort = 0 }, clock, log, null);
        await phone.WhenIdleAsync(CancellationToken.None);
        clock.Advance(Phone.BootTime);
        await phone.WhenIdleAsync(CancellationToken.None);
        control = await ControlApi.StartAsync([phone], log, 0, CancellationToken.None);
        client = new HttpClient { BaseAddress = control.Url };
    }

    [TearDown]
    public async Task EndAsync()
    {
        client.Dispose();
        await control.DisposeAsync();
        await phone.DisposeAsync();
    }

    [TestCase("POST", "call", null, "inCall", "True")]
    [TestCase("DELETE", "power", null, "on", "False")]
    [TestCase("POST", "restart", null, "booting", "True")]
    [TestCase("PUT", "quirks", """{ "quirks": ["clock-far-off@3"] }""", "quirks", """["clock-far-off@3"]""")]
    [TestCase("PUT", "key-modules", """{ "count": 2 }""", "keyModules", "2")]
    [TestCase("POST", "local-changes", """{ "items": { "vlan-method": "2" } }""", "inInteraction", "True")]
    public async Task What_is_done_shows_in_the_state(string method, string path, string? body, string key, string expected)
    {
        using var answer = await SendAsync(method, $"api/phones/{Mac}/{path}", body);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty(key).ToString(), Is.EqualTo(expected));
    }

    [TestCase("GET", "api/phones/00:00:00:00:00:00", null, 404, "no such phone; there are 00:1A:E8:00:00:01")]
    [TestCase("POST", "api/phones/00:00:00:00:00:00/call", null, 404, "no such phone")]
    [TestCase("PUT", "api/phones/00:1A:E8:00:00:01/quirks", """{ "quirks": ["no-such"] }""", 400, "quirk 'no-such' is not allowed; allowed is the name of a quirk")]
    [TestCase("PUT", "api/phones/00:1A:E8:00:00:01/key-modules", """{ "count": 3 }""", 400, "key modules '3' is not allowed; allowed is 0 to 2")]
    [TestCase("PUT", "api/phones/00:1A:E8:00:00:01/key-modules", """{ "count": "x" }""", 400, "$.count")]
    [TestCase("PUT", "api/phones/00:1A:E8:00:00:01/key-modules", "{", 400, "LineNumber: 0")]
    [TestCase("POST", "api/phones/00:1A:E8:00:00:01/pin", """{ "pin": "1" }""", 400, "asks for no PIN")]
    [TestCase("POST", "api/phones/00:1A:E8:00:00:01/log-on", """{ "user": "" }""", 400, "user '' is not allowed; allowed is the number of the mobile user")]
    [TestCase("POST", "api/phones/00:1A:E8:00:00:01/log-on", """{ "user": "1" }""", 400, "mobility-enabled is not true")]
    [TestCase("POST", "api/phones/00:1A:E8:00:00:01/log-off", "{}", 400, "Nobody is logged on")]
    [TestCase("POST", "api/phones/00:1A:E8:00:00:01/local-changes", "{}", 400, "at least one item")]
    [TestCase("POST", "api/phones/00:1A:E8:00:00:01/local-changes", """{ "items": { "dhcp": "maybe" } }""", 400, "items.dhcp: 'maybe' is not allowed; allowed is true or false")]
    public async Task What_cannot_be_done_is_said_with_what_is_allowed(string method, string path, string? body, int status, string expected)
    {
        using var answer = await SendAsync(method, path, body);
        Assert.That(((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((status, "application/problem+json")));
        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), Does.Contain(expected));
    }

    [TestCase("http://evil.example", null)]
    [TestCase(null, "evil.example")]
    public async Task Pages_of_other_sites_control_nothing(string? origin, string? host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/phones/{Mac}/call");
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        request.Headers.Host = host;
        using var answer = await client.SendAsync(request);
        Assert.That((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType), Is.EqualTo((HttpStatusCode.Forbidden, "application/problem+json")));
        Assert.That((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), Does.Contain("evil.example' is not allowed; allowed is "));
        Assert.That((await phone.GetStateAsync()).InCall, Is.False);
    }

    [TestCase("POST", "call", null)]
    [TestCase("POST", "restart", null)]
    [TestCase("POST", "local-changes", """{ "items": { "vlan-method": "2" } }""")]
    public async Task A_phone_without_power_refuses_instead_of_pretending(string method, string path, string? body)
    {
        await phone.PowerOffAsync();
        using var answer = await SendAsync(method, $"api/phones/{Mac}/{path}", body);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("The phone has no power."));
    }

    [Test]
    public async Task A_phone_that_starts_up_takes_no_call()
    {
        await phone.RestartAsync();
        using var answer = await SendAsync("POST", $"api/phones/{Mac}/call", null);
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("The phone is starting up."));
        Assert.That((await phone.GetStateAsync()).InCall, Is.False);
    }

    [Test]
    public async Task A_call_is_ended_and_power_comes_back()
    {
        await phone.StartCallAsync();
        using var hungUp = await SendAsync("DELETE", $"api/phones/{Mac}/call", null);
        Assert.That((await hungUp.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("inCall").GetBoolean(), Is.False);
        await phone.PowerOffAsync();
        using var powered = await SendAsync("POST", $"api/phones/{Mac}/power", null);
        Assert.That((await powered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("booting").GetBoolean());
    }

    [Test]
    public async Task A_mobile_user_is_logged_on_and_off()
    {
        await phone.ChangeLocallyAsync([new Item("mobility-enabled", "true")]);
        using var on = await SendAsync("POST", $"api/phones/{Mac}/log-on", """{ "user": "4711", "password": "geheim" }""");
        Assert.That((await on.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("mobileUser").GetString(), Is.EqualTo("4711"));
        using var off = await SendAsync("POST", $"api/phones/{Mac}/log-off", """{ "password": "geheim" }""");
        Assert.That(off.StatusCode, Is.EqualTo(HttpStatusCode.OK), await off.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task The_model_the_quirks_and_the_catalogue_are_told()
    {
        var model = await client.GetFromJsonAsync<JsonElement>($"api/phones/{Mac}/model");
        Assert.That((model.GetProperty("deviceType").GetString(), model.GetProperty("keys").GetInt32(), model.GetProperty("shifted").GetBoolean(), model.GetProperty("mostKeyModules").GetInt32()),
            Is.EqualTo(("OpenStage 40", 6, true, 2)));
        var quirks = await client.GetFromJsonAsync<JsonElement>("api/quirks");
        Assert.That(quirks.EnumerateArray().Select(quirk => quirk.GetProperty("name").GetString()), Has.Member("busy-as-failed"));
        var items = (await client.GetFromJsonAsync<JsonElement>("api/items")).EnumerateArray().ToDictionary(item => item.GetProperty("name").GetString()!);
        Assert.That(items["dhcp"].GetProperty("allowed").GetString(), Is.EqualTo("true or false"));
        Assert.That(items["key-label-unicode"].GetProperty("index").GetString(), Is.EqualTo("required"));
        Assert.That((items["user-pwd"].GetProperty("secret").GetBoolean(), items["mac-addr"].GetProperty("writable").GetBoolean()), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task A_refused_secret_is_not_repeated()
    {
        var secret = "geheim" + new string('x', 5000);
        using var answer = await SendAsync("POST", $"api/phones/{Mac}/local-changes", $$"""{ "items": { "user-pwd-hash": "{{secret}}" } }""");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("items.user-pwd-hash").And.Not.Contain("geheim"));
    }

    [Test]
    public async Task The_page_may_not_be_shown_in_the_frame_of_another_site()
    {
        using var answer = await client.GetAsync(new Uri($"phones/{Mac}", UriKind.Relative));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/html"));
        Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("frame-ancestors 'none'").And.Contain("default-src 'self'"));
    }

    [Test]
    public async Task The_page_of_no_phone_says_which_there_are()
    {
        using var answer = await client.GetAsync(new Uri("phones/00:00:00:00:00:00", UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("there are 00:1A:E8:00:00:01"));
    }

    [Test]
    public async Task A_phone_that_was_taken_away_is_gone_and_its_events_end()
    {
        await using var stream = await client.GetStreamAsync(new Uri($"api/phones/{Mac}/events", UriKind.Relative));
        using var reader = new StreamReader(stream);
        Assert.That(await UntilAsync(reader, "state"), Does.Contain("\"on\":true"));
        await phone.DisposeAsync();
        Assert.That(await UntilAsync(reader, "never"), Is.Empty);
        using var answer = await SendAsync("GET", $"api/phones/{Mac}", null);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
    }

    [Test]
    public async Task Secrets_are_masked_in_items_and_messages()
    {
        await phone.ChangeLocallyAsync([new Item("user-pwd", "geheim")]);
        await phone.WhenIdleAsync(CancellationToken.None);
        // The start-up that nobody takes is given up first; then the change is reported.
        for (var minute = 0; minute < 3; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await phone.WhenIdleAsync(CancellationToken.None);
        }

        var exchanges = await client.GetStringAsync(new Uri($"api/phones/{Mac}/exchanges", UriKind.Relative));
        Assert.That(exchanges, Does.Contain("local-changes").And.Not.Contain("geheim"));
        Assert.That(await client.GetStringAsync(new Uri($"api/phones/{Mac}/items", UriKind.Relative)), Does.Contain("vlan-method").And.Not.Contain("geheim"));
    }

    [Test]
    public async Task Events_bring_the_state_at_once_and_again_when_something_happens()
    {
        await using var stream = await client.GetStreamAsync(new Uri($"api/phones/{Mac}/events", UriKind.Relative));
        using var reader = new StreamReader(stream);
        Assert.That(await UntilAsync(reader, "state"), Does.Contain("\"inCall\":false"));
        Assert.That(await UntilAsync(reader, "message"), Does.Contain("start-up"));
        await phone.StartCallAsync();
        Assert.That(await UntilAsync(reader, "state"), Does.Contain("\"inCall\":true"));
    }

    [Test]
    public async Task The_description_has_every_route_with_a_summary()
    {
        var description = await client.GetFromJsonAsync<JsonElement>("openapi/v1.json");
        var paths = description.GetProperty("paths").EnumerateObject().ToList();
        Assert.That(paths.Select(path => path.Name.Replace("/api/phones/{mac}", "", StringComparison.Ordinal)), Is.EquivalentTo(new[]
        {
            "/api/quirks", "/api/items", "/api/phones", "", "/model", "/items", "/exchanges", "/events", "/call", "/restart", "/power", "/local-changes", "/quirks", "/key-modules", "/pin", "/log-on", "/log-off",
        }));
        Assert.That(paths.SelectMany(path => path.Value.EnumerateObject()).All(operation => operation.Value.GetProperty("summary").GetString()!.Length > 0));
    }

    private static async Task<string> UntilAsync(StreamReader reader, string kind)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line == $"event: {kind}")
                return await reader.ReadLineAsync(limit.Token) ?? "";
        }

        return "";
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await client.SendAsync(request);
    }
}
