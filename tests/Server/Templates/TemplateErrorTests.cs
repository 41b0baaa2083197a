using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Templates;

/// <summary>Every refusal names the field, the value and what is allowed, and stores nothing.</summary>
public sealed class TemplateErrorTests
{
    private const string Site = """{"name":"New","level":"Site","items":""";

    private RunningServer lab = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        lab = await RunningServer.StartAsync();
        await lab.Api.PostAsJsonAsync("/api/item-templates", new { name = "Taken", level = "Site", items = new[] { new { name = "dhcp", value = "true" } } });
    }

    [OneTimeTearDown]
    public async Task End() => await lab.DisposeAsync();

    [TestCase("{}", "level", "", "Site, Model, Device")]
    [TestCase("""{"level":"1"}""", "level", "1", "Site, Model, Device")]
    [TestCase("""{"level":"Site"}""", "name", "", "1 to 100 characters")]
    [TestCase("""{"level":"Site","name":"  "}""", "name", "", "1 to 100 characters")]
    [TestCase("""{"level":"Model","name":"x"}""", "match", "", "a device type such as OpenStage 40")]
    [TestCase("""{"level":"Device","name":"x","match":"00:1A"}""", "match", "00:1A", "a MAC address such as")]
    [TestCase("""{"level":"Site","name":"x"}""", "items", "0 items", "1 to 10000 items")]
    [TestCase(Site + "[]}", "items", "0 items", "1 to 10000 items")]
    [TestCase(Site + "[null]}", "items[0].name", "", "1 to 255 characters")]
    [TestCase(Site + """[{"name":"dhcp","value":"true"},{"name":""}]}""", "items[1].name", "", "1 to 255 characters")]
    [TestCase(Site + """[{"name":"dhcp","value":"true"},{"name":"dhcp","value":"false"}]}""", "items[1]", "dhcp", "each name and index once")]
    [TestCase(Site + """[{"name":"mac-addr","value":"1"}]}""", "items[0].name", "mac-addr", "an item that can be written")]
    [TestCase(Site + """[{"name":"cleanup-reason","value":"1"}]}""", "items[0].name", "cleanup-reason", "an item that can be written")]
    [TestCase(Site + """[{"name":"dhcp","value":"true","remove":true}]}""", "items[0].value", "that of dhcp", "no value for an item that is removed")]
    [TestCase(Site + """[{"name":"sntp-addr","value":"a{{device.maker}}"}]}""", "items[0].value", "{{device.maker}} at character 2", "{{device.e164}}")]
    [TestCase(Site + """[{"name":"sntp-addr","value":"a{{device.mac"}]}""", "items[0].value", "{{device.mac at character 2", "{{{{ for two braces")]
    [TestCase(Site + """[{"name":"user-pwd","value":"x{{cret}}"}]}""", "items[0].value", "one not shown here at character 2", "{{device.e164}}")]
    [TestCase(Site + """[{"name":"user-pwd","value":"se\u0001cret"}]}""", "items[0].value", "that of user-pwd", "XML 1.0")]
    [TestCase(Site + """[{"name":"user-pwd","value":"***"}]}""", "items[0].value", "***", "the value itself")]
    public async Task A_template_that_cannot_be_is_refused(string body, string field, string value, string allowed)
    {
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/api/item-templates"), (HttpMethod.Put, "/api/item-templates/1") })
            Assert.That(await SendAsync(method, path, body, 400, field, value, allowed), Does.Not.Contain("cret"));
        var all = (await lab.Api.GetFromJsonAsync<JsonNode>("/api/item-templates"))!.AsArray();
        Assert.That(all.Single()!["name"]!.GetValue<string>(), Is.EqualTo("Taken"));
    }

    [Test]
    public async Task A_name_is_given_once_in_whatever_case()
    {
        await SendAsync(HttpMethod.Post, "/api/item-templates", """{"name":"TAKEN","level":"Site","items":[{"name":"dhcp","value":"1"}]}""", 409, "name", "TAKEN", "template 1 has this one");
    }

    [TestCase("GET", "/api/item-templates?level=2", "", 400, "level", "2", "Site, Model, Device")]
    [TestCase("GET", "/api/item-templates/77", "", 404, "id", "77", "/api/item-templates")]
    [TestCase("GET", "/api/item-templates/x", "", 404, "path", "/api/item-templates/x", "/openapi/v1.json")]
    [TestCase("PUT", "/api/item-templates/77", "{}", 404, "id", "77", "/api/item-templates")]
    [TestCase("DELETE", "/api/item-templates/77", "", 404, "id", "77", "/api/item-templates")]
    [TestCase("GET", "/api/devices/x/template", "", 400, "mac", "x", "a MAC address such as")]
    [TestCase("GET", "/api/devices/001AE8000099/template", "", 404, "mac", "001AE8000099", "/api/devices")]
    [TestCase("POST", "/api/devices/x/template/apply", "{}", 400, "mac", "x", "a MAC address such as")]
    [TestCase("POST", "/api/devices/001AE8000099/template/apply", "{}", 404, "mac", "001AE8000099", "/api/devices")]
    [TestCase("POST", "/api/devices/001AE8000099/template/apply", """{"only":1}""", 400, "$.only", "only at line 1", "onlyDifferences")]
    public async Task A_request_that_finds_nothing_is_refused(string method, string path, string body, int status, string field, string value, string allowed) =>
        await SendAsync(new HttpMethod(method), path, body, status, field, value, allowed);

    private async Task<string> SendAsync(HttpMethod method, string path, string body, int status, string field, string value, string allowed)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body.Length > 0)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await lab.Api.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(status), text);
        var detail = JsonNode.Parse(text)!["errors"]![0]!["detail"]!;
        Assert.That(detail["field"]!.GetValue<string>(), Is.EqualTo(field));
        Assert.That(detail["value"]!.GetValue<string>(), Does.StartWith(value));
        Assert.That(detail["allowed"]!.GetValue<string>(), Does.Contain(allowed));
        return text;
    }
}
