using System.Globalization;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Tests.Admin;

/// <summary>What the administration answers when all is well.</summary>
public sealed class AdminApiTests
{
    private RunningServer lab = null!;
    private TestPhone phone = null!;

    [SetUp]
    public async Task Start()
    {
        lab = await RunningServer.StartAsync();
        phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.RegisterAsync("""<Item name="dls-contact-interval">0</Item><Item name="ldap-server-address" index="1">ldap.example.net</Item>""");
    }

    [TearDown]
    public async Task End()
    {
        phone.Dispose();
        await lab.DisposeAsync();
    }

    [Test]
    public async Task Devices_are_listed_and_one_is_found_by_any_form_of_its_address()
    {
        var all = (await GetAsync("/api/devices")).AsArray();
        Assert.That(all, Has.Count.EqualTo(1));
        Assert.That(all[0]!["mac"]!.GetValue<string>(), Is.EqualTo(PhoneTalk.Mac));
        var one = await GetAsync("/api/devices/00-1a-e8-00-00-01");
        Assert.That(one["model"]!.GetValue<string>(), Is.EqualTo("OpenStage 40"));
        Assert.That(one["firmware"]!.GetValue<string>(), Is.EqualTo("V3 R3.24.0"));
    }

    [Test]
    public async Task Items_of_a_phone_come_with_index_value_and_time()
    {
        var items = (await GetAsync($"/api/devices/{PhoneTalk.Mac}/items")).AsArray();
        var item = items.Single(item => item!["name"]!.GetValue<string>() == "ldap-server-address")!;
        Assert.That(item["index"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(item["value"]!.GetValue<string>(), Is.EqualTo("ldap.example.net"));
        Assert.That(item["at"]!.GetValue<DateTimeOffset>(), Is.EqualTo(lab.Clock.GetUtcNow()));
    }

    [Test]
    public async Task A_job_is_created_watched_and_seen_to_succeed()
    {
        var answer = await RawHttp.PostAsync(lab.Server.AdminUrl, "/api/jobs",
            """{"mac":"001ae8000001","kind":"readitems","items":[{"name":"e164"}],"lifetimeSeconds":60}""");
        Assert.That(RawHttp.Status(answer), Is.EqualTo(201));
        Assert.That(answer, Does.Contain("Location: /api/jobs/1\r\n"));
        var job = RawHttp.Json(answer);
        Assert.That(job["kind"]!.GetValue<string>(), Is.EqualTo("ReadItems"));
        Assert.That(job["expires"]!.GetValue<DateTimeOffset>(), Is.EqualTo(lab.Clock.GetUtcNow().AddSeconds(60)));

        var wait = GetAsync("/api/jobs/1/wait?timeoutSeconds=60");
        Assert.That((await phone.SolicitedAsync()).Action, Is.EqualTo(ServerAction.ReadItems));
        Assert.That(wait.IsCompleted, Is.False);
        await phone.ReplyAsync("ReadItems", "accepted", """<Item name="e164">42</Item>""");
        var done = await wait;
        Assert.That(done["state"]!.GetValue<string>(), Is.EqualTo("Succeeded"));
        Assert.That(done["results"]![0]!["value"]!.GetValue<string>(), Is.EqualTo("42"));
        Assert.That(done["history"]!.AsArray(), Has.Count.GreaterThan(2));
    }

    [Test]
    public async Task A_watch_of_a_job_that_takes_longer_answers_with_the_job_as_it_is()
    {
        await CreateAsync();
        var job = await GetAsync("/api/jobs/1/wait?timeoutSeconds=0");
        Assert.That(job["state"]!.GetValue<string>(), Is.AnyOf("Pending", "Contacting"));
    }

    [Test]
    public async Task A_watch_ends_when_the_server_does()
    {
        await CreateAsync();
        var watch = RawHttp.GetAsync(lab.Server.AdminUrl, "/api/jobs/1/wait?timeoutSeconds=300");
        // An answer to a later request shows that the server is at work.
        await GetAsync("/api/jobs/1");
        await lab.Server.DisposeAsync();
        Assert.That(await watch.WaitAsync(RunningServer.Patience()), Is.Not.Null);
    }

    [Test]
    public async Task Jobs_are_listed_by_phone_and_by_state()
    {
        await CreateAsync();
        await CreateAsync("00:1A:E8:00:00:02");
        Assert.That((await GetAsync("/api/jobs")).AsArray(), Has.Count.EqualTo(2));
        Assert.That(Ids(await GetAsync("/api/jobs?mac=001AE8000002")), Is.EqualTo(new[] { 2 }));
        await SendAsync("/api/jobs/1", "DELETE");
        Assert.That(Ids(await GetAsync("/api/jobs?state=cancelled")), Is.EqualTo(new[] { 1 }));
        Assert.That(Ids(await GetAsync("/api/jobs?state=cancelled&mac=001AE8000002")), Is.Empty);
    }

    [Test]
    public async Task A_job_that_waits_is_cancelled_at_once_and_stays_so()
    {
        await CreateAsync();
        var job = RawHttp.Json(await SendAsync("/api/jobs/1", "DELETE"));
        Assert.That(job["state"]!.GetValue<string>(), Is.EqualTo("Cancelled"));
        var again = await SendAsync("/api/jobs/1", "DELETE");
        Assert.That(RawHttp.Status(again), Is.EqualTo(200));
        Assert.That(RawHttp.Json(again)["history"]!.AsArray(), Has.Count.EqualTo(job["history"]!.AsArray().Count));
        Assert.That((await phone.SolicitedAsync()).Action, Is.EqualTo(ServerAction.CleanUp));
    }

    [Test]
    public async Task Transcripts_are_those_of_all_phones_or_of_one()
    {
        using var other = new TestPhone(lab.Server.PhoneUrl, "00:1A:E8:00:00:02");
        await other.StartUpAsync();
        Assert.That((await GetAsync("/api/transcripts")).AsArray(), Has.Count.EqualTo(3));
        var one = (await GetAsync("/api/transcripts?mac=001ae8000002")).AsArray().Single()!;
        Assert.That(one["kind"]!.GetValue<string>(), Is.EqualTo("Message"));
        Assert.That(one["requestBody"]!.GetValue<string>(), Does.Contain("start-up"));
        Assert.That(one["responseBody"]!.GetValue<string>(), Does.Contain("ReadAllItems"));
        Assert.That(one["status"]!.GetValue<int>(), Is.EqualTo(200));
    }

    [Test]
    public async Task The_description_names_every_route_with_a_summary()
    {
        var paths = (await GetAsync("/openapi/v1.json"))["paths"]!.AsObject();
        var routes = paths.SelectMany(path => path.Value!.AsObject().Select(method => (Route: $"{method.Key} {path.Key}", Operation: method.Value!))).ToList();
        Assert.That(routes.Select(route => route.Route), Is.SupersetOf(new[] { "get /api/devices/{mac}", "post /api/jobs", "delete /api/jobs/{id}", "put /api/mobile-users/{number}" }));
        Assert.That(routes.Select(route => route.Operation["summary"]?.GetValue<string>()), Is.All.Not.Null.And.All.Not.Empty);
    }

    private static IEnumerable<int> Ids(JsonNode jobs) => jobs.AsArray().Select(job => job!["id"]!.GetValue<int>());

    private async Task<JsonNode> GetAsync(string target) => RawHttp.Json(await SendAsync(target, "GET"));

    private Task<string> SendAsync(string target, string method) => RawHttp.GetAsync(lab.Server.AdminUrl, target, method);

    private async Task CreateAsync(string mac = PhoneTalk.Mac)
    {
        var answer = await RawHttp.PostAsync(lab.Server.AdminUrl, "/api/jobs",
            string.Create(CultureInfo.InvariantCulture, $$"""{"mac":"{{mac}}","kind":"Contact","notBefore":"2026-01-05T09:00:00Z"}"""));
        Assert.That(RawHttp.Status(answer), Is.EqualTo(201));
    }
}
