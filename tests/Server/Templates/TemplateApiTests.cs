using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Tests.Templates;

/// <summary>Templates over the API, and what they come to for a phone that calls.</summary>
public sealed class TemplateApiTests
{
    private const string Device = $"/api/devices/{PhoneTalk.Mac}/template";

    private RunningServer lab = null!;
    private TestPhone phone = null!;

    [SetUp]
    public async Task Start()
    {
        lab = await RunningServer.StartAsync();
        phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.RegisterAsync("""
            <Item name="dls-contact-interval">0</Item><Item name="sntp-addr">old.example.net</Item><Item name="dhcp">true</Item>
            <Item name="user-pwd">hunter1</Item>
            """);
    }

    [TearDown]
    public async Task End()
    {
        phone.Dispose();
        await lab.DisposeAsync();
    }

    [Test]
    public async Task A_template_is_created_changed_listed_and_deleted()
    {
        var created = await lab.Api.PostAsJsonAsync("/api/item-templates", new
        {
            name = " Base ",
            level = "site",
            items = new object[] { new { name = "sntp-addr", value = "a" }, new { name = "made-up", value = "{{device.mac}}" } },
        });
        Assert.That(created.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(created.Headers.Location!.ToString(), Is.EqualTo("/api/item-templates/1"));
        var template = await ReadAsync(created);
        Assert.That(template["name"]!.GetValue<string>(), Is.EqualTo("Base"));
        Assert.That(template["warnings"]!.AsArray().Single()!["item"]!.GetValue<string>(), Is.EqualTo("made-up"));

        var changed = await lab.Api.PutAsJsonAsync("/api/item-templates/1", new
        {
            name = "base",
            level = "Model",
            match = "OpenStage 40",
            enabled = false,
            items = new[] { new { name = "sntp-addr", remove = true } },
        });
        Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var all = (await GetAsync("/api/item-templates?level=model")).AsArray().Single()!;
        Assert.That(all["enabled"]!.GetValue<bool>(), Is.False);
        Assert.That(all["items"]![0]!["remove"]!.GetValue<bool>(), Is.True);
        Assert.That((await GetAsync("/api/item-templates?level=Site")).AsArray(), Is.Empty);

        Assert.That((await lab.Api.DeleteAsync("/api/item-templates/1")).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await lab.Api.GetAsync("/api/item-templates/1")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_phone_shows_the_merge_its_sources_and_the_difference()
    {
        await CreateAsync(new { name = "All", level = "Site", items = new object[] { new { name = "sntp-addr", value = "new.example.net" }, new { name = "dhcp", value = "true" } } });
        await CreateAsync(new { name = "Mine", level = "Device", match = "001ae8000001", items = new object[] { new { name = "display-id-unicode", value = "{{device.e164}}" }, new { name = "dhcp", remove = true } } });
        var found = await GetAsync(Device);
        Assert.That(found["templates"]!.AsArray().Select(name => name!.GetValue<string>()), Is.EqualTo(new[] { "All", "Mine" }));
        var items = found["items"]!.AsArray().Select(item => (
            item!["name"]!.GetValue<string>(), item["value"]!.GetValue<string>(), item["old"]?.GetValue<string>(),
            item["comparison"]!.GetValue<string>(), item["template"]!.GetValue<string>(), item["level"]!.GetValue<string>()));
        Assert.That(items, Is.EqualTo(new[]
        {
            ("display-id-unicode", "498912345", null, "New", "Mine", "Device"),
            ("sntp-addr", "new.example.net", "old.example.net", "Different", "All", "Site"),
        }));
        Assert.That(found["removed"]![0]!["item"]!.GetValue<string>(), Is.EqualTo("dhcp"));
        Assert.That(found["problems"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Only_what_differs_is_sent_and_then_nothing_more()
    {
        await CreateAsync(new { name = "All", level = "Site", items = new object[] { new { name = "sntp-addr", value = "new.example.net" }, new { name = "dhcp", value = "true" } } });
        var sent = await lab.Api.PostAsJsonAsync($"{Device}/apply", new { });
        Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(sent.Headers.Location!.ToString(), Is.EqualTo("/api/jobs/1"));
        Assert.That((await ReadAsync(sent))["job"]!["kind"]!.GetValue<string>(), Is.EqualTo("WriteItems"));
        var written = await phone.SolicitedAsync();
        Assert.That(written.Items!.Select(item => (item.Name, item.Value)), Is.EqualTo(new[] { ("sntp-addr", "new.example.net") }));
        await phone.ReplyAsync("WriteItems");

        var again = await lab.Api.PostAsJsonAsync($"{Device}/apply", new { onlyDifferences = true });
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await ReadAsync(again))["message"]!.GetValue<string>(), Is.EqualTo("The phone has all of it already."));
        Assert.That(lab.Server.Jobs.List(), Has.Count.EqualTo(1));
        var all = await ReadAsync(await lab.Api.PostAsJsonAsync($"{Device}/apply", new { onlyDifferences = false }));
        Assert.That(all["job"]!["items"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_problem_is_shown_and_nothing_is_sent()
    {
        await CreateAsync(new { name = "All", level = "Site", items = new[] { new { name = "sntp-addr", value = "{{user.name}}" } } });
        var problem = (await GetAsync(Device))["problems"]!.AsArray().Single()!;
        Assert.That(problem["text"]!.GetValue<string>(), Is.EqualTo("{{user.name}} has no value for this phone"));
        var refused = await lab.Api.PostAsJsonAsync($"{Device}/apply", new { });
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        var detail = (await ReadAsync(refused))["errors"]![0]!["detail"]!;
        Assert.That(detail["field"]!.GetValue<string>(), Is.EqualTo("template"));
        Assert.That(detail["value"]!.GetValue<string>(), Is.EqualTo("sntp-addr of template All: {{user.name}} has no value for this phone"));
        Assert.That(lab.Server.Jobs.List(), Is.Empty);
    }

    [Test]
    public async Task Secrets_are_masked_everywhere_kept_by_their_mask_and_sent_in_clear()
    {
        await CreateAsync(new { name = "All", level = "Site", items = new[] { new { name = "user-pwd", value = "hunter2" } } });
        var kept = await lab.Api.PutAsJsonAsync("/api/item-templates/1", new { name = "Renamed", level = "Site", items = new[] { new { name = "user-pwd", value = "***" } } });
        Assert.That(kept.IsSuccessStatusCode, Is.True);
        var sent = await lab.Api.PostAsJsonAsync($"{Device}/apply", new { });
        foreach (var text in new[]
        {
            await kept.Content.ReadAsStringAsync(), await sent.Content.ReadAsStringAsync(), (await GetAsync(Device)).ToJsonString(),
            (await GetAsync("/api/item-templates")).ToJsonString(), (await GetAsync("/api/item-templates/1")).ToJsonString(),
        })
            Assert.That(text, Does.Contain("user-pwd").And.Contain("***").And.Not.Contain("hunter"));
        Assert.That((await GetAsync(Device))["items"]![0]!["comparison"]!.GetValue<string>(), Is.EqualTo("Different"));
        var written = await phone.SolicitedAsync();
        Assert.That((written.Action, written.Items!.Single().Value), Is.EqualTo((ServerAction.WriteItems, "hunter2")));
    }

    private async Task CreateAsync(object template) =>
        Assert.That((await lab.Api.PostAsJsonAsync("/api/item-templates", template)).StatusCode, Is.EqualTo(HttpStatusCode.Created));

    private async Task<JsonNode> GetAsync(string path) => (await lab.Api.GetFromJsonAsync<JsonNode>(path))!;

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
}
