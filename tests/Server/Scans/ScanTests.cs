using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Scans;

/// <summary>WPI guide p.14: dls_ip_addr and dls_ip_port let a server find phones in a range of addresses.</summary>
public sealed class ScanTests
{
    private RunningServer lab = null!;

    [SetUp]
    public async Task Start() => lab = await RunningServer.StartAsync();

    [TearDown]
    public async Task End() => await lab.DisposeAsync();

    [Test]
    public async Task A_phone_in_the_range_is_asked_to_call_this_server_and_is_known_when_it_does()
    {
        using var listener = new ContactListener();
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await ScanAsync(listener, "127.0.0.1", "127.0.0.1");
        await lab.PassAsync(TimeSpan.Zero);
        var port = lab.Server.PhoneUrl.Port.ToString(CultureInfo.InvariantCulture);
        Assert.That(await listener.NextAsync(), Does.StartWith("POST /contact_dls.html/ContactDLS HTTP/1.1\r\n")
            .And.EndWith($"\r\n\r\nContactMe=true&dls_ip_addr=127.0.0.1&dls_ip_port={port}"));

        await lab.PassAsync(TimeSpan.FromSeconds(30));
        await phone.SolicitedAsync();
        await lab.PassAsync(TimeSpan.FromSeconds(30));
        var details = await GetAsync("/api/scans/1");
        Assert.That(details["scan"]!["state"]!.GetValue<string>(), Is.EqualTo("Done"));
        Assert.That(Counts(details["scan"]!), Is.EqualTo((1, 1, 1, 0, 0, 1)));
        var hit = details["found"]!.AsArray().Single()!;
        Assert.That(hit["address"]!.GetValue<string>(), Is.EqualTo("127.0.0.1"));
        Assert.That(hit["status"]!.GetValue<int>(), Is.EqualTo(204));
        Assert.That(hit["phones"]!.AsArray().Single()!["mac"]!.GetValue<string>(), Is.EqualTo(PhoneTalk.Mac));
        Assert.That(hit["phones"]![0]!["at"]!.GetValue<DateTimeOffset>(), Is.EqualTo(lab.Clock.GetUtcNow().AddSeconds(-30)));
    }

    [Test]
    public async Task Addresses_are_contacted_one_after_the_other_at_the_rate_that_was_asked_for()
    {
        using var listener = new ContactListener();
        await ScanAsync(listener, "127.0.0.1", "127.0.0.10", perSecond: 2);
        await lab.PassAsync(TimeSpan.Zero);
        for (var sent = 1; sent <= 9; sent++)
        {
            Assert.That(Contacts(), Has.Count.EqualTo(sent));
            await lab.PassAsync(TimeSpan.FromMilliseconds(499));
            Assert.That(Contacts(), Has.Count.EqualTo(sent));
            await lab.PassAsync(TimeSpan.FromMilliseconds(1));
        }

        Assert.That(Contacts().Select(contact => contact.Server.Split(':')[0]), Is.EqualTo(Enumerable.Range(1, 10).Select(last => $"127.0.0.{last}")));
        await lab.PassAsync(TimeSpan.FromSeconds(1));
        Assert.That((await GetAsync("/api/scans"))[0]!["state"]!.GetValue<string>(), Is.EqualTo("WaitingForCalls"));
        await lab.PassAsync(TimeSpan.FromMinutes(1));
        var scan = (await GetAsync("/api/scans"))[0]!;
        Assert.That(scan["state"]!.GetValue<string>(), Is.EqualTo("Done"));
        Assert.That(Counts(scan), Is.EqualTo((10, 10, 1, 0, 9, 0)), "nothing listens at the other nine");
        await lab.PassAsync(TimeSpan.FromHours(1));
        Assert.That(Contacts(), Has.Count.EqualTo(10));
    }

    [Test]
    public async Task An_answer_other_than_204_is_told_apart()
    {
        using var listener = new ContactListener { Answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" };
        await ScanAsync(listener, "127.0.0.1", "127.0.0.1");
        await lab.PassAsync(TimeSpan.FromSeconds(1));
        var details = await GetAsync("/api/scans/1");
        Assert.That(Counts(details["scan"]!), Is.EqualTo((1, 1, 0, 1, 0, 0)));
        Assert.That(details["found"]![0]!["status"]!.GetValue<int>(), Is.EqualTo(404));
    }

    [Test]
    public async Task A_phone_that_calls_later_than_a_minute_does_not_count()
    {
        using var listener = new ContactListener();
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await ScanAsync(listener, "127.0.0.1", "127.0.0.1");
        await lab.PassAsync(TimeSpan.Zero);
        await lab.PassAsync(TimeSpan.FromSeconds(61));
        await phone.SolicitedAsync();
        Assert.That(Counts((await GetAsync("/api/scans/1"))["scan"]!), Is.EqualTo((1, 1, 1, 0, 0, 0)));
    }

    [Test]
    public async Task No_address_is_contacted_twice_within_a_minute_by_two_scans()
    {
        using var listener = new ContactListener();
        await ScanAsync(listener, "127.0.0.1", "127.0.0.2");
        await lab.PassAsync(TimeSpan.FromSeconds(1));
        await StopAsync(1);
        await ScanAsync(listener, "127.0.0.1", "127.0.0.3");
        await lab.PassAsync(TimeSpan.FromSeconds(58));
        Assert.That(Contacts().Select(contact => contact.Server.Split(':')[0]), Is.EqualTo(new[] { "127.0.0.1", "127.0.0.2", "127.0.0.3" }));
        await lab.PassAsync(TimeSpan.FromSeconds(2));
        Assert.That(Contacts().Skip(3).Select(contact => contact.Server.Split(':')[0]), Is.EqualTo(new[] { "127.0.0.1", "127.0.0.2" }));
    }

    [Test]
    public async Task A_scan_and_the_jobs_of_a_phone_keep_a_minute_between_them()
    {
        using var listener = new ContactListener { Answer = "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n" };
        using var phone = new TestPhone(lab.Server.PhoneUrl) { ContactMeUri = listener.Uri };
        await phone.RegisterAsync();
        await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.ReadItems, Items = [new Item("e164")] });
        await lab.PassAsync(TimeSpan.FromSeconds(30));
        await ScanAsync(listener, "127.0.0.1", "127.0.0.1", perSecond: 1);
        for (var second = 0; second < 100; second++)
            await lab.PassAsync(TimeSpan.FromSeconds(1));
        var times = Contacts().Select(contact => (int)contact.Offset.TotalSeconds).ToList();
        Assert.That(times, Has.Count.GreaterThanOrEqualTo(2));
        Assert.That(times.Zip(times.Skip(1), (first, second) => second - first), Is.All.GreaterThanOrEqualTo(60));
    }

    [Test]
    public async Task A_scan_that_is_stopped_contacts_no_more()
    {
        using var listener = new ContactListener();
        await ScanAsync(listener, "127.0.0.1", "127.0.0.100", perSecond: 1);
        await lab.PassAsync(TimeSpan.FromSeconds(4));
        var sent = Contacts().Count;
        var scan = await StopAsync(1);
        Assert.That(scan["state"]!.GetValue<string>(), Is.EqualTo("Stopped"));
        Assert.That(scan["ended"]!.GetValue<DateTimeOffset>(), Is.EqualTo(lab.Clock.GetUtcNow()));
        await lab.PassAsync(TimeSpan.FromMinutes(10));
        Assert.That(Contacts(), Has.Count.EqualTo(sent));
        Assert.That(sent, Is.InRange(4, 5));
        Assert.That((await StopAsync(1))["ended"]!.GetValue<DateTimeOffset>(), Is.EqualTo(scan["ended"]!.GetValue<DateTimeOffset>()));
    }

    [Test]
    public async Task There_is_one_scan_at_a_time()
    {
        using var listener = new ContactListener();
        await ScanAsync(listener, "127.0.0.1", "127.0.0.9");
        using var answer = await PostAsync(new { network = "127.0.0.0/29" });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        var error = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["errors"]![0]!;
        Assert.That(error["detail"]!["value"]!.GetValue<string>(), Is.EqualTo("1"));
        Assert.That((await GetAsync("/api/scans")).AsArray(), Has.Count.EqualTo(1));

        await StopAsync(1);
        using var next = await PostAsync(new { network = "127.0.0.0/29" });
        Assert.That(next.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That((await GetAsync("/api/scans")).AsArray().Select(scan => scan!["id"]!.GetValue<int>()), Is.EqualTo(new[] { 2, 1 }));
    }

    [Test]
    public async Task The_advertised_address_is_the_one_phones_are_told()
    {
        await lab.RestartAsync(options => options with { AdvertisedAddress = "prov.example.net" });
        using var listener = new ContactListener();
        await ScanAsync(listener, "127.0.0.1", "127.0.0.1");
        await lab.PassAsync(TimeSpan.Zero);
        Assert.That(await listener.NextAsync(), Does.Contain("&dls_ip_addr=prov.example.net&"));
    }

    [Test]
    public async Task A_server_that_listens_everywhere_tells_the_address_that_the_phone_sees()
    {
        await lab.RestartAsync(options => options with { ListenAddress = IPAddress.Any });
        using var listener = new ContactListener("127.0.0.3");
        await ScanAsync(listener, "127.0.0.3", "127.0.0.3");
        await lab.PassAsync(TimeSpan.Zero);
        Assert.That(await listener.NextAsync(), Does.Match("&dls_ip_addr=127\\.0\\.0\\.[13]&"));
    }

    [Test]
    public async Task A_server_that_ends_ends_its_scan()
    {
        using var listener = new ContactListener { Answer = null };
        await ScanAsync(listener, "127.0.0.1", "127.0.0.100");
        lab.Clock.Advance(TimeSpan.Zero);
        await listener.NextAsync();
        await lab.RestartAsync();
        await lab.PassAsync(TimeSpan.FromMinutes(1));
        Assert.That(Contacts(), Has.Count.EqualTo(1));
        Assert.That((await GetAsync("/api/scans")).AsArray(), Is.Empty);
    }

    [TestCase("""{}""", "network", "")]
    [TestCase("""{"network":"10.1.2.0"}""", "network", "10.1.2.0")]
    [TestCase("""{"network":"8.8.8.0/24"}""", "network", "8.8.8.1")]
    [TestCase("""{"from":"10.1.2.9","to":"10.1.2.1"}""", "to", "10.1.2.1")]
    [TestCase("""{"network":"10.1.2.0/24","port":0}""", "port", "0")]
    [TestCase("""{"network":"10.1.2.0/24","port":65536}""", "port", "65536")]
    [TestCase("""{"network":"10.1.2.0/24","perSecond":0}""", "perSecond", "0")]
    [TestCase("""{"network":"10.1.2.0/24","perSecond":51}""", "perSecond", "51")]
    [TestCase("""{"network":"10.1.2.0/24","perSecond":"fast"}""", "$.perSecond", "line 1")]
    [TestCase("""{"net":"10.1.2.0/24"}""", "$.net", "net at line 1")]
    public async Task A_scan_that_cannot_be_is_refused(string body, string field, string value)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await lab.Api.PostAsync(new Uri("/api/scans", UriKind.Relative), content);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        var detail = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["errors"]![0]!["detail"]!;
        Assert.That(detail["field"]!.GetValue<string>(), Is.EqualTo(field));
        Assert.That(detail["value"]!.GetValue<string>(), Does.StartWith(value));
        Assert.That((await GetAsync("/api/scans")).AsArray(), Is.Empty);
    }

    [TestCase("GET")]
    [TestCase("DELETE")]
    public async Task A_scan_that_is_not_there_is_not_found(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/scans/7");
        using var answer = await lab.Api.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var detail = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["errors"]![0]!["detail"]!;
        Assert.That(detail["field"]!.GetValue<string>(), Is.EqualTo("id"));
        Assert.That(detail["value"]!.GetValue<string>(), Is.EqualTo("7"));
    }

    [TestCase("/api/scans", "post", "201 400 409")]
    [TestCase("/api/scans", "get", "200")]
    [TestCase("/api/scans/{id}", "get", "200 404")]
    [TestCase("/api/scans/{id}", "delete", "200 404")]
    [TestCase("/api/devices/{mac}/polling", "put", "200 400 404")]
    [TestCase("/api/devices/{mac}/polling", "delete", "200 400 404")]
    public async Task The_description_tells_each_answer_and_each_parameter(string path, string method, string statuses)
    {
        var operation = (await GetAsync("/openapi/v1.json"))["paths"]![path]![method]!;
        Assert.That(operation["summary"]!.GetValue<string>(), Is.Not.Empty);
        Assert.That(operation["responses"]!.AsObject().Select(response => response.Key), Is.SupersetOf(statuses.Split(' ')));
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
            Assert.That(parameter!["description"]?.GetValue<string>(), Is.Not.Null.And.Not.Empty);
        if (method is "post" or "put")
            Assert.That(operation["requestBody"]!["content"]!["application/json"]!["schema"], Is.Not.Null);
    }

    private List<HttpExchange> Contacts() => [.. lab.Exchanges.All.Where(exchange => exchange.Kind == ExchangeKind.ContactMe).OrderBy(exchange => exchange.Sequence)];

    private async Task ScanAsync(ContactListener listener, string from, string to, int perSecond = 10)
    {
        using var answer = await PostAsync(new { from, to, port = new Uri(listener.Uri).Port, perSecond });
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created));
    }

    private Task<HttpResponseMessage> PostAsync(object scan) => lab.Api.PostAsJsonAsync(new Uri("/api/scans", UriKind.Relative), scan);

    private async Task<JsonNode> GetAsync(string path) => (await lab.Api.GetFromJsonAsync<JsonNode>(new Uri(path, UriKind.Relative)))!;

    private async Task<JsonNode> StopAsync(int id)
    {
        using var answer = await lab.Api.DeleteAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"/api/scans/{id}"), UriKind.Relative));
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static (int Total, int Sent, int NoContent, int Other, int Silent, int Called) Counts(JsonNode scan) => (
        scan["total"]!.GetValue<int>(), scan["sent"]!.GetValue<int>(), scan["noContent"]!.GetValue<int>(),
        scan["otherAnswers"]!.GetValue<int>(), scan["silent"]!.GetValue<int>(), scan["called"]!.GetValue<int>());
}
