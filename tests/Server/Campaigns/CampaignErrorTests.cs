using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Campaigns;

/// <summary>Every refusal names the field, the value and what is allowed, and stores nothing.</summary>
public sealed class CampaignErrorTests
{
    private const string Contact = """{"name":"x","filter":{},"content":{"kind":"Contact"},""";
    private const string Content = """{"name":"x","filter":{},"content":""";
    private const string Filter = """{"name":"x","content":{"kind":"Contact"},"filter":""";
    private const string Window = """{"name":"x","filter":{},"content":{"kind":"Contact"},"window":""";

    private RunningServer lab = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        lab = await RunningServer.StartAsync();
        await lab.Api.PostAsJsonAsync("/api/campaigns", new { name = "Draft", filter = new { }, content = new { kind = "Contact" } });
    }

    [OneTimeTearDown]
    public async Task End() => await lab.DisposeAsync();

    [TestCase("{}", "name", "", "1 to 100 characters")]
    [TestCase("""{"name":"x"}""", "content", "", "what each phone shall do")]
    [TestCase("""{"name":"x","content":{"kind":"Contact"}}""", "filter", "", "{} for all")]
    [TestCase(Contact + "\"rate\":0}", "rate", "0", "1 to 6000")]
    [TestCase(Contact + "\"rate\":6001}", "rate", "6001", "1 to 6000")]
    [TestCase(Contact + "\"atOnce\":0}", "atOnce", "0", "1 to 10000")]
    [TestCase(Contact + "\"atOnce\":10001}", "atOnce", "10001", "1 to 10000")]
    [TestCase(Contact + "\"stopAfterFailurePercent\":0}", "stopAfterFailurePercent", "0", "1 to 100")]
    [TestCase(Contact + "\"stopAfterFailurePercent\":101}", "stopAfterFailurePercent", "101", "1 to 100")]
    [TestCase(Contact + "\"minimumSample\":0}", "minimumSample", "0", "1 to 10000")]
    [TestCase(Contact + "\"speed\":1}", "$.speed", "speed at line 1", "name, content, filter, rate")]
    [TestCase(Contact + "\"rate\":1.5}", "$.rate", "line 1", "a whole number")]
    [TestCase(Content + "{}}", "content.kind", "", "ReadAllItems, ReadItems, WriteItems, Restart, FileDeployment, SoftwareDeployment, Contact")]
    [TestCase(Content + """{"kind":"SecureMode"}}""", "content.kind", "SecureMode", "ReadAllItems, ReadItems, WriteItems, Restart, FileDeployment, SoftwareDeployment, Contact")]
    [TestCase(Content + """{"kind":"7"}}""", "content.kind", "7", "ReadAllItems")]
    [TestCase(Content + """{"kind":"WriteItems"}}""", "content.items", "0 items", "1 to 10000 items")]
    [TestCase(Content + """{"kind":"WriteItems","items":[null]}}""", "content.items[0].name", "", "1 to 255 characters")]
    [TestCase(Content + """{"kind":"WriteItems","items":[{"name":"dhcp"},{"name":"dhcp"}]}}""", "content.items[1]", "dhcp", "each name and index once")]
    [TestCase(Content + """{"kind":"WriteItems","items":[{"name":"user-pwd","value":"se\u0001cret"}]}}""", "content.items[0].value", "that of user-pwd", "XML 1.0")]
    [TestCase(Content + """{"kind":"WriteItems","items":[{"name":"user-pwd","value":"***"}]}}""", "content.items[0].value", "***", "the value itself")]
    [TestCase(Content + """{"kind":"Contact","items":[{"name":"dhcp"}]}}""", "content.items", "1 items", "no items for Contact")]
    [TestCase(Content + """{"kind":"Contact","template":true}}""", "content.template", "true", "for WriteItems only")]
    [TestCase(Content + """{"kind":"ReadItems","templateName":"a"}}""", "content.templateName", "a", "for WriteItems only")]
    [TestCase(Content + """{"kind":"WriteItems","templateName":" "}}""", "content.templateName", "", "1 to 100 characters")]
    [TestCase(Content + """{"kind":"WriteItems","template":true,"templateName":"a"}}""", "content.templateName", "a", "none when content.template is true")]
    [TestCase(Content + """{"kind":"WriteItems","template":true,"items":[{"name":"dhcp"}]}}""", "content.items", "1 items", "no items when they come from templates")]
    [TestCase(Content + """{"kind":"Contact","readBack":[{"name":"dhcp"}]}}""", "content.readBack", "1 items", "no items but for WriteItems")]
    [TestCase(Content + """{"kind":"Contact","priority":101}}""", "content.priority", "101", "-100 to 100")]
    [TestCase(Content + """{"kind":"Contact","lifetimeSeconds":0.5}}""", "content.lifetimeSeconds", "0.5", "1 to 31536000")]
    [TestCase(Content + """{"kind":"FileDeployment"}}""", "content.files", "0 files", "at least one file for FileDeployment")]
    [TestCase(Content + """{"kind":"FileDeployment","files":[null]}}""", "content.files[0]", "null", "a file with action")]
    [TestCase(Content + """{"kind":"FileDeployment","files":[{"name":"","type":"LOGO"}]}}""", "content.files[0].name", "", "1 to 255 characters")]
    [TestCase(Content + """{"kind":"FileDeployment","files":[{"name":"a","type":""}]}}""", "content.files[0].type", "", "1 to 32 characters")]
    [TestCase(Content + """{"kind":"FileDeployment","files":[{"name":"a","type":"LOGO"}]}}""", "content.files[0]", "0 sources", "exactly one of file, url and ftp")]
    [TestCase(Content + """{"kind":"FileDeployment","files":[{"name":"a","type":"LOGO","action":"Delete","file":1}]}}""", "content.files[0]", "1 sources", "none of file, url and ftp")]
    [TestCase(Content + """{"kind":"FileDeployment","files":[{"name":"a","type":"LOGO","url":"ftp://x/y"}]}}""", "content.files[0].url", "ftp://x/y", "https://")]
    [TestCase(Content + """{"kind":"FileDeployment","files":[{"name":"a","type":"LOGO","ftp":{"server":"","port":21,"path":"","userName":"","password":""}}]}}""", "content.files[0].ftp.server", "", "1 to 255 characters")]
    [TestCase(Content + """{"kind":"FileDeployment","files":[{"name":"a","type":"LOGO","ftp":{"server":"x","port":0,"path":"","userName":"","password":""}}]}}""", "content.files[0].ftp.port", "0", "1 to 65535")]
    [TestCase(Content + """{"kind":"FileDeployment","files":[{"name":"a","type":"LOGO","ftp":{"server":"x","port":21,"path":"","userName":"","password":"***"}}]}}""", "content.files[0].ftp.password", "***", "the value itself")]
    [TestCase(Content + """{"kind":"SoftwareDeployment","files":[{"name":"a","type":"APP","file":1}]}}""", "content.software", "", "version, softwareType and whenIdle")]
    [TestCase(Content + """{"kind":"Contact","software":{"version":"V3","softwareType":"","whenIdle":true}}}""", "content.software", "V3", "none for Contact")]
    [TestCase(Content + """{"kind":"Contact","files":[{"name":"a","type":"LOGO","file":1}]}}""", "content.files", "1 files", "no files for Contact")]
    [TestCase(Filter + """{"macFrom":"1"}}""", "filter.macFrom", "1", "a MAC address such as")]
    [TestCase(Filter + """{"macTo":"x"}}""", "filter.macTo", "x", "a MAC address such as")]
    [TestCase(Filter + """{"macFrom":"001AE8000002","macTo":"001AE8000001"}}""", "filter.macTo", "00:1A:E8:00:00:01", "00:1A:E8:00:00:02 or one after it")]
    [TestCase(Filter + """{"firmwareBefore":"new"}}""", "filter.firmwareBefore", "new", "a version such as")]
    [TestCase(Filter + """{"model":""}}""", "filter.model", "", "1 to 255 characters")]
    [TestCase(Filter + """{"seenSince":"2026-01-02T00:00:00Z","seenBefore":"2026-01-01T00:00:00Z"}}""", "filter.seenBefore", "2026-01-01", "a time after filter.seenSince")]
    [TestCase(Filter + """{"top":1}}""", "$.filter.top", "top at line 1", "search, model, firmware")]
    [TestCase(Window + "{}}", "window.zone", "", "the IANA name of a time zone")]
    [TestCase(Window + """{"zone":"Europe/Atlantis"}}""", "window.zone", "Europe/Atlantis", "the IANA name of a time zone")]
    [TestCase(Window + """{"zone":"../../etc/passwd"}}""", "window.zone", "../../etc/passwd", "the IANA name of a time zone")]
    [TestCase(Window + """{"zone":"UTC","from":"24:00","to":"01:00"}}""", "window.from", "24:00", "00:00 to 23:59")]
    [TestCase(Window + """{"zone":"UTC","from":"22:00","to":"1:00"}}""", "window.to", "1:00", "00:00 to 23:59")]
    [TestCase(Window + """{"zone":"UTC","from":"22:00"}}""", "window.to", "", "00:00 to 23:59")]
    [TestCase(Window + """{"zone":"UTC","from":"22:00","to":"23:00","days":["Monday","Someday"]}}""", "window.days[1]", "Someday", "Sunday, Monday")]
    [TestCase(Window + """{"zone":"UTC","from":"22:00","to":"23:00","days":[null]}}""", "window.days[0]", "", "Sunday, Monday")]
    public async Task A_campaign_that_cannot_be_is_refused(string body, string field, string value, string allowed)
    {
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/api/campaigns"), (HttpMethod.Put, "/api/campaigns/1") })
            Assert.That(await SendAsync(method, path, body, 400, field, value, allowed), Does.Not.Contain("cret"));
        var only = (await lab.Api.GetFromJsonAsync<JsonNode>("/api/campaigns"))!["campaigns"]!.AsArray().Single()!;
        Assert.That(only["name"]!.GetValue<string>(), Is.EqualTo("Draft"));
        Assert.That(only["history"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [TestCase("GET", "/api/campaigns?state=Asleep", 400, "state", "Asleep", "Draft, Running, Paused, Stopped, Done")]
    [TestCase("GET", "/api/campaigns?skip=-1", 400, "skip", "-1", "0 to")]
    [TestCase("GET", "/api/campaigns?top=0", 400, "top", "0", "1 to 1000")]
    [TestCase("GET", "/api/campaigns?top=many", 400, "top", "many", "1 to 1000")]
    [TestCase("GET", "/api/campaigns/77", 404, "id", "77", "/api/campaigns")]
    [TestCase("GET", "/api/campaigns/x", 404, "path", "/api/campaigns/x", "/openapi/v1.json")]
    [TestCase("GET", "/api/campaigns/77/phones", 404, "id", "77", "/api/campaigns")]
    [TestCase("GET", "/api/campaigns/1/phones?state=Gone", 400, "state", "Gone", "Waiting, Open, Succeeded")]
    [TestCase("GET", "/api/campaigns/1/phones?top=1001", 400, "top", "1001", "1 to 1000")]
    [TestCase("PUT", "/api/campaigns/77", 404, "id", "77", "/api/campaigns")]
    [TestCase("DELETE", "/api/campaigns/77", 404, "id", "77", "/api/campaigns")]
    [TestCase("POST", "/api/campaigns/77/start", 404, "id", "77", "/api/campaigns")]
    [TestCase("POST", "/api/campaigns/77/pause", 404, "id", "77", "/api/campaigns")]
    [TestCase("POST", "/api/campaigns/77/resume", 404, "id", "77", "/api/campaigns")]
    [TestCase("POST", "/api/campaigns/77/stop", 404, "id", "77", "/api/campaigns")]
    [TestCase("POST", "/api/campaigns/1/start", 409, "filter", "no phone", "at least one phone")]
    [TestCase("POST", "/api/campaigns/1/pause", 409, "state", "Draft", "Running for one that is to be paused")]
    [TestCase("POST", "/api/campaigns/1/resume", 409, "state", "Draft", "Paused for one that is to be resumed")]
    [TestCase("POST", "/api/campaigns/1/stop", 409, "state", "Draft", "Running or Paused for one that is to be stopped")]
    [TestCase("POST", "/api/campaigns/preview", 400, "filter", "", "{} for all")]
    public async Task A_request_that_cannot_be_is_refused(string method, string path, int status, string field, string value, string allowed) =>
        await SendAsync(new HttpMethod(method), path, method == "GET" ? "" : "{}", status, field, value, allowed);

    [TestCase("""{"filter":{"macTo":"x"}}""", "filter.macTo", "x", "a MAC address such as")]
    [TestCase("""{"filter":{},"top":0}""", "top", "0", "1 to 1000")]
    public async Task A_preview_that_cannot_be_is_refused(string body, string field, string value, string allowed) =>
        await SendAsync(HttpMethod.Post, "/api/campaigns/preview", body, 400, field, value, allowed);

    [Test]
    public async Task One_that_runs_is_neither_changed_nor_started_again_nor_deleted()
    {
        await using var other = await RunningServer.StartAsync();
        using (var phone = new TestPhone(other.Server.PhoneUrl))
            await phone.RegisterAsync();
        var body = """{"name":"x","filter":{},"content":{"kind":"Contact"}}""";
        await other.Api.PostAsync("/api/campaigns", Json(body));
        await other.Api.PostAsync("/api/campaigns/1/start", Json("{}"));
        await SendAsync(HttpMethod.Put, "/api/campaigns/1", body, 409, "state", "Running", "Draft for one that is to be changed", other.Api);
        await SendAsync(HttpMethod.Post, "/api/campaigns/1/start", "{}", 409, "state", "Running", "Draft for one that is to be started", other.Api);
        await SendAsync(HttpMethod.Delete, "/api/campaigns/1", "", 409, "state", "Running", "Draft, or Stopped or Done", other.Api);
    }

    private async Task<string> SendAsync(
        HttpMethod method, string path, string body, int status, string field, string value, string allowed, HttpClient? api = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body.Length > 0)
            request.Content = Json(body);
        var answer = await (api ?? lab.Api).SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(status), text);
        var detail = JsonNode.Parse(text)!["errors"]![0]!["detail"]!;
        Assert.That(detail["field"]!.GetValue<string>(), Is.EqualTo(field), text);
        Assert.That(detail["value"]!.GetValue<string>(), Does.StartWith(value));
        Assert.That(detail["allowed"]!.GetValue<string>(), Does.Contain(allowed));
        return text;
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
