using System.Text.Json.Nodes;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Phones;

/// <summary>Every field of a phone: what it takes, and that what it does not take is refused by name.</summary>
public sealed class PhoneFieldLimitTests
{
    private PhonesLab lab = null!;
    private string user = "";
    private string phone = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        lab = await PhonesLab.StartAsync();
        user = await lab.UserAsync();
        phone = await lab.PhoneAsync(user, "00:1A:E8:00:00:FE");
    }

    [OneTimeTearDown]
    public async Task End() => await lab.DisposeAsync();

    [TestCase("mac", "\"00:1A:E8\"", "a MAC address such as")]
    [TestCase("mac", "\"00:1A:E8:00:00:0G\"", "a MAC address such as")]
    [TestCase("mac", "\"00:1A:E8:00:00:01:02\"", "a MAC address such as")]
    [TestCase("mac", "7", "a MAC address such as")]
    [TestCase("mac", "null", "a MAC address such as")]
    [TestCase("filename", "\"\"", "1 to 100 characters")]
    [TestCase("filename", "\"fanvil.ph.xml\"", "/api/templates/phones")]
    [TestCase("vendor", "\"Fanvil\"", "Unify")]
    [TestCase("vendor", "null", "1 to 64 characters")]
    [TestCase("model", "\"OpenStage 40\"", "OpenStage 60")]
    [TestCase("model", "{}", "1 to 64 characters")]
    public async Task What_only_a_new_phone_has_is_refused_when_it_is_wrong(string field, string value, string allowed)
    {
        var answer = await lab.PostAsync($"/api/users/{user}/phones", With(field, value));
        PhonesLab.AssertRefused(answer, 400, field, Shown(value), allowed);
        await AssertNothingStoredAsync();
    }

    [TestCase("language", "\"English\"", "ENGLISH, CHINESE")]
    [TestCase("language", "\"\"", "ENGLISH, CHINESE")]
    [TestCase("language", "\"KLINGON\"", "ENGLISH, CHINESE")]
    [TestCase("transfer", "\"blind\"", "BLIND, ATTENDED, NEW_CALL")]
    [TestCase("transfer", "null", "BLIND, ATTENDED, NEW_CALL")]
    [TestCase("timezone", "\"GMT+25 Mars\"", "GMT+1 Berlin")]
    [TestCase("timezone", "\"\"", "1 to 255 characters")]
    [TestCase("timezone", "1", "1 to 255 characters")]
    [TestCase("ringtone", "\"Pattern 9\"", "Pattern 1, Pattern 2")]
    [TestCase("ringtone", "true", "0 to 255 characters")]
    [TestCase("queue_ringtone", "\"Pattern 0\"", "Pattern 1, Pattern 2")]
    [TestCase("queue_ringtone", "[]", "0 to 255 characters")]
    [TestCase("external_ringtone", "\"loud\"", "Pattern 1, Pattern 2")]
    [TestCase("external_ringtone", "5", "0 to 255 characters")]
    [TestCase("date_format", "\"15 JAN MON\"", "DD.MM.YYYY")]
    [TestCase("date_format", "{}", "0 to 255 characters")]
    [TestCase("time_format", "\"25-hour clock\"", "24-hour clock, 12-hour clock")]
    [TestCase("time_format", "24", "0 to 255 characters")]
    [TestCase("powerled", "7", "0 to 255 characters")]
    [TestCase("powerled", "\"a\\u0007b\"", "none of them a control character")]
    [TestCase("backlight", "\"30 seconds\"", "1 minute, 5 minutes")]
    [TestCase("backlight", "30", "0 to 255 characters")]
    [TestCase("screensaver", "\"Dancing\"", "Off, On")]
    [TestCase("screensaver", "false", "0 to 255 characters")]
    [TestCase("rps", "\"true\"", "true or false")]
    [TestCase("rps", "1", "true or false")]
    [TestCase("rps", "true", "RedirectService")]
    [TestCase("https", "\"no\"", "true or false")]
    [TestCase("codecs", "\"PCMU\"", "a list of")]
    [TestCase("codecs", "null", "a list of")]
    [TestCase("enable_lldp", "\"false\"", "true or false")]
    [TestCase("enable_lldp", "0", "true or false")]
    [TestCase("enable_vlan_wan_port", "\"yes\"", "true or false")]
    [TestCase("wan_port_id", "0", "1 to 4094")]
    [TestCase("wan_port_id", "4095", "1 to 4094")]
    [TestCase("wan_port_id", "-1", "1 to 4094")]
    [TestCase("wan_port_id", "12.5", "1 to 4094")]
    [TestCase("wan_port_id", "1e99", "1 to 4094")]
    [TestCase("wan_port_id", "\"12\"", "1 to 4094")]
    [TestCase("wan_port_priority", "-1", "0 to 7")]
    [TestCase("wan_port_priority", "8", "0 to 7")]
    [TestCase("wan_port_priority", "true", "0 to 7")]
    [TestCase("enable_vlan_pc_port", "[]", "true or false")]
    [TestCase("pc_port_id", "0", "1 to 4094")]
    [TestCase("pc_port_id", "4095", "1 to 4094")]
    [TestCase("pc_port_id", "99999999999999999999", "1 to 4094")]
    [TestCase("pc_port_priority", "-1", "0 to 7")]
    [TestCase("pc_port_priority", "8", "0 to 7")]
    [TestCase("interface", "\"SBC\"", "WEB_DOMAIN, PUBLIC_IPV4, PUBLIC_IPV6, PRIVATE_IPV4, PRIVATE_IPV6, SBC_DOMAIN")]
    [TestCase("interface", "null", "WEB_DOMAIN")]
    [TestCase("preferred_transport", "\"tls\"", "UDP, TCP, TLS")]
    [TestCase("preferred_transport", "\"SCTP\"", "UDP, TCP, TLS")]
    [TestCase("serial_number", "17", "0 to 64 characters")]
    public async Task A_field_is_refused_by_its_name_when_it_is_wrong(string field, string value, string allowed)
    {
        var created = await lab.PostAsync($"/api/users/{user}/phones", With(field, value));
        PhonesLab.AssertRefused(created, 400, field, Shown(value), allowed);
        var updated = await lab.PostAsync($"/api/users/{user}/phones/{phone}", $$"""{"{{field}}": {{value}}}""");
        PhonesLab.AssertRefused(updated, 400, field, Shown(value), allowed);
        await AssertNothingStoredAsync();
    }

    [TestCase("password", "\"12345\"", "6 to 24 characters")]
    [TestCase("password", "\"1234567890123456789012345\"", "6 to 24 characters")]
    [TestCase("password", "\"\"", "6 to 24 characters")]
    [TestCase("password", "null", "6 to 24 characters")]
    [TestCase("password", "12345678", "6 to 24 characters")]
    [TestCase("password", "\"half\\ud800half\"", "6 to 24 characters")]
    [TestCase("door_password1", "\"123\"", "4 to 8 digits")]
    [TestCase("door_password1", "\"123456789\"", "4 to 8 digits")]
    [TestCase("door_password1", "\"12a4\"", "4 to 8 digits")]
    [TestCase("door_password1", "1234", "4 to 8 digits")]
    [TestCase("door_password2", "\"123\"", "4 to 8 digits")]
    [TestCase("door_password2", "\"٣٣٣٣\"", "4 to 8 digits")]
    public async Task A_secret_that_is_wrong_is_refused_and_not_repeated(string field, string value, string allowed)
    {
        foreach (var answer in new[]
        {
            await lab.PostAsync($"/api/users/{user}/phones", With(field, value)),
            await lab.PostAsync($"/api/users/{user}/phones/{phone}", $$"""{"{{field}}": {{value}}}"""),
        })
        {
            PhonesLab.AssertRefused(answer, 400, field, "not shown here", allowed);
        }

        await AssertNothingStoredAsync();
    }

    [TestCase("[\"G722\", \"G726\"]", "codecs[1]", "G726", "PCMU, PCMA, G722, G729")]
    [TestCase("[\"g722\"]", "codecs[0]", "g722", "PCMU, PCMA, G722, G729")]
    [TestCase("[\"G722\", \"G722\"]", "codecs[1]", "G722", "each once")]
    [TestCase("[\"G722\", 9]", "codecs[1]", "9", "1 to 255 characters")]
    [TestCase("[\"\"]", "codecs[0]", "", "1 to 255 characters")]
    [TestCase("[null]", "codecs[0]", "null", "1 to 255 characters")]
    public async Task A_codec_that_is_wrong_is_refused_by_its_place(string value, string field, string shown, string allowed)
    {
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{user}/phones", With("codecs", value)), 400, field, shown, allowed);
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{user}/phones/{phone}", $$"""{"codecs": {{value}}}"""), 400, field, shown, allowed);
        await AssertNothingStoredAsync();
    }

    [TestCase("mac", "a MAC address")]
    [TestCase("filename", "1 to 100")]
    [TestCase("vendor", "1 to 64")]
    [TestCase("model", "1 to 64")]
    [TestCase("password", "6 to 24")]
    [TestCase("language", "ENGLISH")]
    [TestCase("transfer", "BLIND")]
    [TestCase("timezone", "1 to 255")]
    [TestCase("codecs", "a list")]
    [TestCase("interface", "WEB_DOMAIN")]
    [TestCase("preferred_transport", "UDP")]
    public async Task A_new_phone_without_a_required_field_is_refused(string field, string allowed)
    {
        var body = JsonNode.Parse(PhonesLab.Body())!.AsObject();
        body.Remove(field);
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{user}/phones", body.ToJsonString()), 400, field, "", allowed);
        await AssertNothingStoredAsync();
    }

    [TestCase("mac")]
    [TestCase("filename")]
    [TestCase("vendor")]
    [TestCase("model")]
    [TestCase("id")]
    [TestCase("url")]
    [TestCase("ring_tone")]
    [TestCase("Language")]
    public async Task A_field_that_an_update_does_not_know_is_refused(string field)
    {
        var answer = await lab.PostAsync($"/api/users/{user}/phones/{phone}", $$"""{"{{field}}": "x"}""");
        PhonesLab.AssertRefused(answer, 400, field, "unknown field", "password, language, transfer, timezone");
    }

    [Test]
    public async Task A_field_that_is_there_twice_is_refused() => PhonesLab.AssertRefused(
        await lab.PostAsync($"/api/users/{user}/phones/{phone}", """{"wan_port_id": 7, "wan_port_id": 8}"""), 400, "wan_port_id", "given twice", "once");

    [TestCase("[]", "body", "Array", "a JSON object")]
    [TestCase("7", "body", "Number", "a JSON object")]
    [TestCase("{\n\"rps\": tru}", "$", "line 2, byte 11", "well-formed JSON")]
    public async Task A_body_that_is_no_object_is_refused(string body, string field, string value, string allowed) =>
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{user}/phones/{phone}", body), 400, field, value, allowed);

    [TestCase("enable_vlan_wan_port", "wan_port_id")]
    [TestCase("enable_vlan_pc_port", "pc_port_id")]
    public async Task A_vlan_without_its_id_is_refused(string field, string missing)
    {
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{user}/phones", With(field, "true")), 400, missing, "", "1 to 4094");
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{user}/phones/{phone}", $$"""{"{{field}}": true}"""), 400, missing, "", "1 to 4094");
        await AssertNothingStoredAsync();
    }

    [TestCase("wan_port_id", "1")]
    [TestCase("wan_port_id", "4094")]
    [TestCase("wan_port_priority", "0")]
    [TestCase("wan_port_priority", "7")]
    [TestCase("pc_port_id", "1")]
    [TestCase("pc_port_id", "4094")]
    [TestCase("pc_port_priority", "0")]
    [TestCase("pc_port_priority", "7")]
    [TestCase("language", "\"BULGARIAN\"")]
    [TestCase("transfer", "\"NEW_CALL\"")]
    [TestCase("timezone", "\"GMT+8 China(Beijing)\"")]
    [TestCase("ringtone", "\"Pattern 8\"")]
    [TestCase("queue_ringtone", "\"Pattern 1\"")]
    [TestCase("external_ringtone", "\"Pattern 3\"")]
    [TestCase("date_format", "\"DD.MM.YYYY\"")]
    [TestCase("time_format", "\"12-hour clock\"")]
    [TestCase("powerled", "\"Both (Voicemail and Missed calls)\"")]
    [TestCase("backlight", "\"8 hours\"")]
    [TestCase("screensaver", "\"On\"")]
    [TestCase("rps", "false")]
    [TestCase("https", "true")]
    [TestCase("https", "false")]
    [TestCase("codecs", "[]")]
    [TestCase("codecs", "[\"G729\",\"PCMU\",\"G722\",\"PCMA\"]")]
    [TestCase("enable_lldp", "true")]
    [TestCase("interface", "\"SBC_DOMAIN\"")]
    [TestCase("preferred_transport", "\"UDP\"")]
    [TestCase("serial_number", "\"A-1\"")]
    public async Task A_value_at_the_edge_of_what_is_allowed_is_kept_and_shown(string field, string value)
    {
        var edge = await lab.PhoneAsync(user, "00:1A:E8:00:00:EE");
        var answer = await lab.PostAsync($"/api/users/{user}/phones/{edge}", $$"""{"{{field}}": {{value}}}""");
        Assert.That(RawHttp.Status(answer), Is.EqualTo(200), answer);
        Assert.That(RawHttp.Body(answer), Is.Empty);
        var shown = await lab.JsonAsync($"/api/users/{user}/phones/{edge}");
        Assert.That(JsonNode.DeepEquals(shown[field], JsonNode.Parse(value)), Is.True, shown.ToJsonString());
        await lab.PostAsync($"/api/users/{user}/phones/{edge}/destroy");
    }

    [TestCase("ringtone", "\"Pattern 2\"", "\"\"")]
    [TestCase("ringtone", "\"Pattern 2\"", "null")]
    [TestCase("screensaver", "\"On\"", "\"\"")]
    [TestCase("wan_port_id", "77", "null")]
    [TestCase("serial_number", "\"7\"", "\"\"")]
    public async Task Null_and_an_empty_text_clear_a_field_that_may_be_blank(string field, string value, string clearing)
    {
        var cleared = await lab.PhoneAsync(user, "00:1A:E8:00:00:ED", $$""", "{{field}}": {{value}}""");
        await lab.PostAsync($"/api/users/{user}/phones/{cleared}", $$"""{"{{field}}": {{clearing}}}""");
        var shown = (await lab.JsonAsync($"/api/users/{user}/phones/{cleared}")).AsObject();
        Assert.That(shown.ContainsKey(field), Is.True);
        Assert.That(shown[field], Is.Null);
        await lab.PostAsync($"/api/users/{user}/phones/{cleared}/destroy");
    }

    private static string With(string field, string value)
    {
        var body = JsonNode.Parse(PhonesLab.Body())!.AsObject();
        body.Remove(field);
        var others = body.ToJsonString();
        return $$"""{{others[..^1]}},"{{field}}":{{value}}}""";
    }

    /// <summary>A text without its quotes, anything else as it was written.</summary>
    private static string Shown(string value) =>
        value.StartsWith('"') && !value.Contains('\\', StringComparison.Ordinal) ? value[1..^1] : value;

    private async Task AssertNothingStoredAsync()
    {
        Assert.That((await lab.JsonAsync($"/api/users/{user}/phones"))["items"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(lab.Jobs(), Is.Empty);
        Assert.That(lab.Jobs("00:1A:E8:00:00:FE"), Has.Count.EqualTo(1));
    }
}
