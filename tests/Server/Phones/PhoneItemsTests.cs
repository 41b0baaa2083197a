using System.Globalization;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Tests.Phones;

/// <summary>What each field becomes at the phone, written out by hand.</summary>
public sealed class PhoneItemsTests
{
    private static readonly string[] Plain =
    [
        "admin-pwd=s3cret-web", "language-iso=en", "call-transfer-enabled=true", "unconditional-transfer=true",
        "sntp-tz-offset=60", "auto-daylight-save=true", "daylight-save=true", "daylight-save-minutes=60", "daylight-save-zone-id=9",
        "codec-type[2]=1", "codec-allowed[2]=true", "codec-rank[2]=1", "codec-type[1]=0", "codec-allowed[1]=true", "codec-rank[1]=2",
        "codec-type[3]=2", "codec-allowed[3]=false", "codec-rank[3]=3", "sip-transport-user=2", "e164=1001", "sip-user-id=1001",
    ];

    private PhonesLab lab = null!;
    private string user = "";

    [SetUp]
    public async Task Start()
    {
        lab = await PhonesLab.StartAsync();
        user = await lab.UserAsync();
    }

    [TearDown]
    public async Task End() => await lab.DisposeAsync();

    [Test]
    public async Task A_phone_with_the_required_fields_alone_gets_their_items_in_one_job()
    {
        await lab.PhoneAsync(user);
        var job = lab.Jobs().Single();
        Assert.That(PhonesLab.Items(job), Is.EquivalentTo(Plain));
        Assert.That(job.Expires - job.Created, Is.EqualTo(TimeSpan.FromDays(365)), "it may be plugged in late");
    }

    [TestCase("\"ringtone\": \"Pattern 5\"", "ringer-melody=5", "ringer-audio-file=")]
    [TestCase("\"queue_ringtone\": \"Pattern 7\"", "alert-identifier[4]=Bellcore-dr4", "alert[4]=^7^2^60^")]
    [TestCase("\"external_ringtone\": \"Pattern 3\"", "map-special-ringer-1=Bellcore-dr2", "alert-identifier[2]=Bellcore-dr2", "alert[2]=^3^2^60^")]
    [TestCase("\"date_format\": \"DD.MM.YYYY\"", "date-format=0")]
    [TestCase("\"time_format\": \"24-hour clock\"", "time-format=0")]
    [TestCase("\"time_format\": \"12-hour clock\"", "time-format=1")]
    [TestCase("\"backlight\": \"1 minute\"", "pixelsaver-timeout-xt=0")]
    [TestCase("\"backlight\": \"8 hours\"", "pixelsaver-timeout-xt=6")]
    [TestCase("\"screensaver\": \"On\"", "screensaver-enabled=true")]
    [TestCase("\"screensaver\": \"Off\"", "screensaver-enabled=false")]
    [TestCase("\"enable_lldp\": true", "vlan-method=2")]
    [TestCase("\"enable_lldp\": false", "vlan-method=1")]
    [TestCase("\"enable_vlan_wan_port\": false", "vlan-method=1")]
    [TestCase("\"enable_vlan_wan_port\": true, \"wan_port_id\": 100", "vlan-method=0", "vlan-id=100")]
    [TestCase("\"enable_vlan_wan_port\": true, \"wan_port_id\": 4094, \"wan_port_priority\": 6", "vlan-method=0", "vlan-id=4094", "qos-layer2=true", "l2qos-voice=6", "l2qos-signalling=6")]
    [TestCase("\"enable_lldp\": true, \"enable_vlan_wan_port\": true, \"wan_port_id\": 100", "vlan-method=2", "vlan-id=100")]
    [TestCase("\"wan_port_id\": 100, \"wan_port_priority\": 6")]
    [TestCase("\"powerled\": \"Voicemail\"")]
    [TestCase("\"door_password1\": \"1234\", \"door_password2\": \"87654321\"")]
    [TestCase("\"enable_vlan_pc_port\": true, \"pc_port_id\": 5, \"pc_port_priority\": 1")]
    [TestCase("\"https\": false, \"serial_number\": \"17\", \"rps\": false")]
    public async Task An_optional_field_adds_its_items(string field, params string[] items)
    {
        await lab.PhoneAsync(user, more: $", {field}");
        Assert.That(PhonesLab.Items(lab.Jobs().Single()), Is.EquivalentTo(Plain.Concat(items)));
    }

    [TestCase("password", "\"another1\"", "admin-pwd=another1")]
    [TestCase("language", "\"GERMAN\"", "language-iso=de")]
    [TestCase("language", "\"CHINESE\"", "language-iso=zh")]
    [TestCase("transfer", "\"ATTENDED\"", "unconditional-transfer=false")]
    [TestCase("transfer", "\"NEW_CALL\"", "unconditional-transfer=false")]
    [TestCase("timezone", "\"GMT+8 China(Beijing)\"", "sntp-tz-offset=480", "auto-daylight-save=false", "daylight-save=false")]
    [TestCase("timezone", "\"GMT-3:30 St. John's (standard time)\"", "sntp-tz-offset=-210", "auto-daylight-save=false", "daylight-save=false")]
    [TestCase("preferred_transport", "\"UDP\"", "sip-transport-user=0")]
    [TestCase("preferred_transport", "\"TCP\"", "sip-transport-user=1")]
    [TestCase("codecs", "[\"G729\", \"PCMU\"]", "codec-rank[3]=1", "codec-allowed[3]=true", "codec-rank[1]=2", "codec-rank[2]=3", "codec-allowed[2]=false")]
    [TestCase("codecs", "[\"PCMA\", \"G729\", \"PCMU\"]", "codec-rank[1]=1", "codec-rank[3]=2", "codec-allowed[3]=true", "codec-rank[2]=3", "codec-allowed[2]=false")]
    public async Task A_change_of_a_field_writes_what_differs_by_it(string field, string value, params string[] items)
    {
        var phone = await lab.PhoneAsync(user);
        await lab.PostAsync($"/api/users/{user}/phones/{phone}", $$"""{"{{field}}": {{value}}}""");
        Assert.That(lab.Jobs(), Has.Count.EqualTo(2));
        // Those of the same value, such as the type of a codec slot, are on their way already.
        Assert.That(PhonesLab.Items(lab.Jobs()[1]), Is.EquivalentTo(items.Except(Plain)));
    }

    [Test]
    public async Task No_codecs_leave_the_phones_own()
    {
        var body = PhonesLab.Body().Replace("[\"G722\", \"PCMA\"]", "[]", StringComparison.Ordinal);
        PhonesLab.Created(await lab.PostAsync($"/api/users/{user}/phones", body));
        Assert.That(PhonesLab.Items(lab.Jobs().Single()), Has.None.StartsWith("codec-"));
    }

    [TestCase("WEB_DOMAIN", "pbx.example.net")]
    [TestCase("PUBLIC_IPV4", "198.51.100.7")]
    [TestCase("PRIVATE_IPV4", "10.1.2.3")]
    [TestCase("PUBLIC_IPV6", "2001:db8::7")]
    [TestCase("PRIVATE_IPV6", "fd00::7")]
    [TestCase("SBC_DOMAIN", "sbc.example.net")]
    public async Task The_interface_names_the_outbound_proxy(string name, string address)
    {
        await lab.PostAsync("/api/network", """
            {"web_domain": "pbx.example.net", "public_ipv4": "198.51.100.7", "private_ipv4": "10.1.2.3", "public_ipv6": "2001:db8::7",
             "private_ipv6": "fd00::7", "sbc_domain": "sbc.example.net"}
            """);
        var body = PhonesLab.Body().Replace("WEB_DOMAIN", name, StringComparison.Ordinal);
        PhonesLab.Created(await lab.PostAsync($"/api/users/{user}/phones", body));
        Assert.That(PhonesLab.Items(lab.Jobs().Single()), Is.EquivalentTo(Plain.Concat(["outbound-proxy-user=true", $"sgnl-gateway-addr-user={address}"])));
    }

    [Test]
    public async Task An_ipv6_address_is_no_proxy_while_ipv6_is_off()
    {
        await lab.PostAsync("/api/network", """{"public_ipv6": "2001:db8::7", "enable_ipv6": false}""");
        PhonesLab.Created(await lab.PostAsync($"/api/users/{user}/phones", PhonesLab.Body().Replace("WEB_DOMAIN", "PUBLIC_IPV6", StringComparison.Ordinal)));
        Assert.That(PhonesLab.Items(lab.Jobs().Single()), Is.EquivalentTo(Plain));
    }

    [Test]
    public async Task A_user_with_a_sip_password_and_a_display_name_brings_both_to_the_phone()
    {
        var bob = await lab.UserAsync("bob", "2002", """, "extension_password": "sip-s3cret", "display_name": "Bob Ellington-Featherstone" """);
        await lab.PhoneAsync(bob);
        Assert.That(PhonesLab.Items(lab.Jobs().Single()), Is.EquivalentTo(Plain.Select(item => item.Replace("=1001", "=2002", StringComparison.Ordinal))
            .Concat(["sip-pwd=sip-s3cret", "display-id-unicode=Bob Ellington-Feathersto"])));
    }

    [TestCase("openstage-15.ph.json", "OpenStage 15", "backlight", "5 minutes")]
    [TestCase("openstage-40.ph.json", "OpenStage 40", "screensaver", "Dancing")]
    [TestCase("desk-phone-cp210.ph.json", "OpenScape Desk Phone CP210", "screensaver", "On")]
    public async Task A_field_that_the_model_does_not_have_is_kept_but_goes_nowhere(string template, string model, string field, string value)
    {
        var body = PhonesLab.Body(more: $$""", "{{field}}": "{{value}}" """)
            .Replace(PhonesLab.Template, template, StringComparison.Ordinal).Replace("OpenStage 60", model, StringComparison.Ordinal);
        var phone = PhonesLab.Created(await lab.PostAsync($"/api/users/{user}/phones", body));
        Assert.That(PhonesLab.Items(lab.Jobs().Single()), Is.EquivalentTo(Plain));
        var shown = await lab.JsonAsync($"/api/users/{user}/phones/{phone}");
        Assert.That(shown[field]!.GetValue<string>(), Is.EqualTo(value));
        Assert.That(shown["not_applicable"]!.AsArray().Select(name => name!.GetValue<string>()), Has.Member(field));
    }

    [Test]
    public async Task Every_value_of_every_model_becomes_items_that_the_catalogue_lets_be_written()
    {
        var models = (await lab.JsonAsync("/api/phone_models"))["items"]!.AsArray();
        Assert.That(models, Has.Count.EqualTo(7));
        foreach (var model in models)
        {
            var template = await lab.JsonAsync($"/api/templates/phones/{model!["filename"]!.GetValue<string>()}");
            var lists = JsonNode.Parse(template["content"]!.GetValue<string>())!.AsObject().Select(member => member.Value).OfType<JsonArray>();
            var items = lists.SelectMany(list => list).OfType<JsonObject>().SelectMany(value => value["items"]!.AsObject()).ToList();
            Assert.That(items, Has.Count.GreaterThan(100));
            foreach (var (key, value) in items)
            {
                var parts = key.TrimEnd(']').Split('[');
                var item = new Item(parts[0], value!.GetValue<string>(), parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : null);
                Assert.That(ItemCatalogue.Default.CheckWrite(item), Is.Null, $"{model["filename"]}: {item}");
            }
        }
    }
}
