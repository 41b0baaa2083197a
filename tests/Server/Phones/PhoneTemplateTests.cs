using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Phones;

/// <summary>Templates and the models that they are of.</summary>
public sealed class PhoneTemplateTests
{
    private static readonly string[] BuiltIn =
    [
        "desk-phone-cp210.ph.json", "openstage-15.ph.json", "openstage-20.ph.json", "openstage-20e.ph.json", "openstage-40.ph.json",
        "openstage-60.ph.json", "openstage-80.ph.json",
    ];

    private PhonesLab lab = null!;

    [SetUp]
    public async Task Start() => lab = await PhonesLab.StartAsync();

    [TearDown]
    public async Task End() => await lab.DisposeAsync();

    [Test]
    public async Task There_is_a_template_and_a_model_for_each_phone_that_the_emulator_knows()
    {
        var list = (await lab.JsonAsync("/api/templates/phones"))["items"]!.AsArray();
        Assert.That(list.Select(item => item!["filename"]!.GetValue<string>()), Is.EqualTo(BuiltIn));
        Assert.That(list.Select(item => item!["is_custom"]!.GetValue<bool>()), Is.All.False);
        var models = (await lab.JsonAsync("/api/phone_models"))["items"]!.AsArray();
        Assert.That(models.Select(model => $"{model!["filename"]}: {model["model"]}"), Is.EqualTo(new[]
        {
            "desk-phone-cp210.ph.json: OpenScape Desk Phone CP210", "openstage-15.ph.json: OpenStage 15", "openstage-20.ph.json: OpenStage 20",
            "openstage-20e.ph.json: OpenStage 20E", "openstage-40.ph.json: OpenStage 40", "openstage-60.ph.json: OpenStage 60", "openstage-80.ph.json: OpenStage 80",
        }));
        Assert.That(models[0]!["display_name"]!.GetValue<string>(), Is.EqualTo("Desk Phone CP210"));
    }

    [Test]
    public async Task A_model_tells_what_its_fields_may_be()
    {
        var model = (await lab.JsonAsync("/api/phone_models/openstage-80.ph.json")).AsObject();
        Assert.That(model.Select(member => member.Key), Is.EquivalentTo(new[]
        {
            "languages", "ringtones", "queue_ringtones", "external_ringtone", "date_formats", "time_formats", "powerleds", "backlights", "screensavers",
            "time_zones", "codecs", "enable_lldp", "enable_vlan_wan_port", "wan_port_id", "wan_port_priority", "enable_vlan_pc_port", "pc_port_id", "pc_port_priority",
        }));
        Assert.That(model["languages"]!.AsArray(), Has.Count.EqualTo(14));
        Assert.That(model["external_ringtone"]!.AsArray(), Has.Count.EqualTo(8), "a list under a singular name");
        Assert.That(model["time_formats"]!.ToJsonString(), Is.EqualTo("""["24-hour clock","12-hour clock"]"""));
        Assert.That(model["powerleds"]!.AsArray(), Is.Empty);
        Assert.That(model["enable_lldp"]!.GetValue<bool>(), Is.False);
        Assert.That(model["wan_port_id"], Is.Null);
    }

    [Test]
    public async Task A_custom_template_is_created_used_changed_and_destroyed()
    {
        var content = await ContentAsync();
        var answer = await CreateAsync("site-a.ph.json", content);
        Assert.That(RawHttp.Status(answer), Is.EqualTo(201), answer);
        Assert.That(RawHttp.Json(answer).ToJsonString(), Is.EqualTo("""{"filename":"site-a.ph.json"}"""));
        var shown = await lab.JsonAsync("/api/templates/phones/site-a.ph.json");
        Assert.That(shown["content"]!.GetValue<string>(), Is.EqualTo(content));
        Assert.That(shown["is_custom"]!.GetValue<bool>(), Is.True);

        // A ring tone of a file that the site deploys.
        var profile = JsonNode.Parse(content)!;
        profile["ringtones"]!.AsArray().Add(JsonNode.Parse("""{"value":"Harp","items":{"ringer-audio-file":"harp.mp3"}}"""));
        var updated = await lab.PostAsync("/api/templates/phones/site-a.ph.json", Body(null, profile.ToJsonString()));
        Assert.That(RawHttp.Status(updated), Is.EqualTo(200), updated);
        Assert.That(RawHttp.Body(updated), Is.Empty);
        var user = await lab.UserAsync();
        var body = PhonesLab.Body(more: """, "ringtone": "Harp" """).Replace(PhonesLab.Template, "site-a.ph.json", StringComparison.Ordinal);
        var phone = PhonesLab.Created(await lab.PostAsync($"/api/users/{user}/phones", body));
        Assert.That(PhonesLab.Items(lab.Jobs().Single()), Has.Member("ringer-audio-file=harp.mp3").And.None.StartsWith("ringer-melody"));

        PhonesLab.AssertRefused(await lab.PostAsync("/api/templates/phones/site-a.ph.json/destroy"), 409, "filename", "site-a.ph.json", PhoneTalk.Mac);
        var other = JsonNode.Parse(content)!;
        other["model"] = "OpenStage 99";
        PhonesLab.AssertRefused(await lab.PostAsync("/api/templates/phones/site-a.ph.json", Body(null, other.ToJsonString())),
            409, "content.model", "Unify OpenStage 99", "Unify OpenStage 60");
        await lab.PostAsync($"/api/users/{user}/phones/{phone}/destroy");
        Assert.That(RawHttp.Status(await lab.PostAsync("/api/templates/phones/site-a.ph.json/destroy")), Is.EqualTo(204));
        PhonesLab.AssertRefused(await lab.GetAsync("/api/templates/phones/site-a.ph.json"), 404, "filename", "site-a.ph.json", "/api/templates/phones");
    }

    [Test]
    public async Task A_phone_whose_value_the_template_lost_can_still_be_changed_elsewhere()
    {
        var content = await ContentAsync();
        await CreateAsync("site-a.ph.json", content);
        var user = await lab.UserAsync();
        var body = PhonesLab.Body(more: """, "ringtone": "Pattern 8" """).Replace(PhonesLab.Template, "site-a.ph.json", StringComparison.Ordinal);
        var phone = PhonesLab.Created(await lab.PostAsync($"/api/users/{user}/phones", body));
        var profile = JsonNode.Parse(content)!;
        profile["ringtones"]!.AsArray().RemoveAt(7);
        await lab.PostAsync("/api/templates/phones/site-a.ph.json", Body(null, profile.ToJsonString()));
        Assert.That(RawHttp.Status(await lab.PostAsync($"/api/users/{user}/phones/{phone}", """{"language": "GERMAN", "ringtone": "Pattern 8"}""")), Is.EqualTo(200));
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{user}/phones/{phone}", """{"ringtone": "Pattern 9"}"""), 400, "ringtone", "Pattern 9", "Pattern 7");
    }

    [TestCase("openstage-60.ph.json")]
    public async Task A_template_that_comes_with_the_server_cannot_be_changed(string filename)
    {
        var content = await ContentAsync();
        PhonesLab.AssertRefused(await CreateAsync(filename, content), 409, "filename", filename, "a name that no template has");
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/templates/phones/{filename}", Body(null, content)), 409, "filename", filename, "comes with the server");
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/templates/phones/{filename}/destroy"), 409, "filename", filename, "comes with the server");
    }

    [Test]
    public async Task A_name_that_is_taken_is_a_conflict_and_the_first_template_stays()
    {
        var content = await ContentAsync();
        await CreateAsync("a.ph.json", content);
        PhonesLab.AssertRefused(await CreateAsync("a.ph.json", content + "\n"), 409, "filename", "a.ph.json", "a name that no template has");
        Assert.That((await lab.JsonAsync("/api/templates/phones/a.ph.json"))["content"]!.GetValue<string>(), Is.EqualTo(content));
    }

    [TestCase("GET", "/api/templates/phones/none.ph.json")]
    [TestCase("GET", "/api/phone_models/none.ph.json")]
    [TestCase("POST", "/api/templates/phones/none.ph.json/destroy")]
    public async Task A_template_that_is_not_there_is_not_found(string method, string target) => PhonesLab.AssertRefused(
        await RawHttp.GetAsync(lab.Server.AdminUrl, target, method, "Content-Length: 0\r\n"), 404, "filename", "none.ph.json", "/api/templates/phones");

    [Test]
    public async Task An_update_of_a_template_that_is_not_there_is_not_found() => PhonesLab.AssertRefused(
        await lab.PostAsync("/api/templates/phones/none.ph.json", Body(null, await ContentAsync())), 404, "filename", "none.ph.json", "/api/templates/phones");

    [TestCase("fanvil.ph.xml")]
    [TestCase(".ph.json")]
    [TestCase("../a.ph.json")]
    [TestCase("-a.ph.json")]
    [TestCase("a b.ph.json")]
    public async Task A_name_that_is_none_is_refused(string filename) =>
        PhonesLab.AssertRefused(await CreateAsync(filename, await ContentAsync()), 400, "filename", filename, "ending with .ph.json");

    [TestCase("$", "not JSON", "content", "line 1", "built-in templates")]
    [TestCase("$", "null", "content", "null", "built-in templates")]
    [TestCase("$", "{}", "content", "line 1", "built-in templates")]
    [TestCase("colour", "\"red\"", "content.colour", "line 1", "built-in templates")]
    [TestCase("vendor", "\"\"", "content.vendor", "", "1 to 64")]
    [TestCase("model", "7", "content.model", "line 1", "built-in templates")]
    [TestCase("languages", "[]", "content.languages", "none", "at least one")]
    [TestCase("time_zones", "[]", "content.time_zones", "none", "at least one")]
    [TestCase("time_zones", "null", "content.time_zones", "line 1", "built-in templates")]
    [TestCase("languages", "[{\"value\":\"LATIN\",\"items\":{}}]", "content.languages[0].value", "LATIN", "ENGLISH")]
    [TestCase("ringtones", "[null]", "content.ringtones[0]", "null", "built-in templates")]
    [TestCase("ringtones", "[{\"value\":\"A\",\"items\":{\"ringer-tune\":\"1\"}}]", "content.ringtones[0].items.ringer-tune", "ringer-tune", "the name of an item")]
    [TestCase("ringtones", "[{\"value\":\"A\",\"items\":{\"ringer-melody\":\"loud\"}}]", "content.ringtones[0].items.ringer-melody", "'loud'", "a whole number")]
    [TestCase("ringtones", "[{\"value\":\"A\",\"items\":{\"mac-addr\":\"1\"}}]", "content.ringtones[0].items.mac-addr", "mac-addr", "can be written")]
    [TestCase("ringtones", "[{\"value\":\"A\",\"items\":{\"sip-pwd\":\"1\"}}]", "content.ringtones[0].items.sip-pwd", "a secret", "no secrets")]
    [TestCase("ringtones", "[{\"value\":\"A\",\"items\":{\"no name\":\"1\"}}]", "content.ringtones[0].items", "no name", "the name of an item")]
    [TestCase("ringtones", "[{\"value\":\"A\",\"items\":{}},{\"value\":\"A\",\"items\":{}}]", "content.ringtones[1].value", "A", "each value once")]
    [TestCase("ringtones", "[{\"value\":\"A\",\"items\":{\"alert[16]\":\"^^^^\"}}]", "content.ringtones[0].items.alert[16]", "index 16", "1 to 15")]
    [TestCase("ringtones", "[{\"value\":\"A\",\"items\":{\"ringer-audio-file\":null}}]", "content.ringtones[0].items.ringer-audio-file", "null", "a text")]
    [TestCase("codecs", "[{\"value\":\"OPUS\",\"slot\":4,\"items\":{}}]", "content.codecs[0].slot", "4", "1 to 3")]
    public async Task Content_that_no_phone_could_be_set_to_is_refused_by_its_place(string key, string value, string field, string shown, string allowed)
    {
        var content = value;
        if (key != "$")
        {
            var profile = JsonNode.Parse(await ContentAsync())!;
            profile[key] = JsonNode.Parse(value);
            content = profile.ToJsonString();
        }

        PhonesLab.AssertRefused(await CreateAsync("a.ph.json", content), 400, field, shown, allowed);
        Assert.That((await lab.JsonAsync("/api/templates/phones"))["items"]!.AsArray(), Has.Count.EqualTo(7));
    }

    private async Task<string> ContentAsync() =>
        (await lab.JsonAsync($"/api/templates/phones/{PhonesLab.Template}"))["content"]!.GetValue<string>();

    private Task<string> CreateAsync(string filename, string content) => lab.PostAsync("/api/templates/phones", Body(filename, content));

    private static string Body(string? filename, string content) => filename is null
        ? JsonSerializer.Serialize(new { content })
        : JsonSerializer.Serialize(new { filename, content });
}
