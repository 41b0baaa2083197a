using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Phones;

/// <summary>The phones of a user: list, create, show, update, destroy.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class UserPhoneTests(bool postgres)
{
    private static readonly string[] Fields =
    [
        "id", "mac", "filename", "vendor", "model", "password", "language", "transfer", "timezone", "ringtone", "queue_ringtone", "external_ringtone",
        "date_format", "time_format", "powerled", "backlight", "screensaver", "rps", "rps_status", "https", "codecs", "all_codecs", "enable_lldp",
        "enable_vlan_wan_port", "wan_port_id", "wan_port_priority", "enable_vlan_pc_port", "pc_port_id", "pc_port_priority", "interface",
        "preferred_transport", "serial_number", "door_password1", "door_password2", "url", "not_applicable",
    ];

    private PhonesLab lab = null!;
    private string user = "";

    [SetUp]
    public async Task Start()
    {
        lab = await PhonesLab.StartAsync(postgres);
        user = await lab.UserAsync();
    }

    [TearDown]
    public async Task End()
    {
        // Where PostgreSQL is missing nothing was started.
        if (lab is not null)
            await lab.DisposeAsync();
    }

    [Test]
    public async Task A_new_phone_is_answered_with_its_id_alone_and_its_place()
    {
        var answer = await lab.PostAsync($"/api/users/{user}/phones", PhonesLab.Body("00-1a-e8-00-00-01"));
        var id = PhonesLab.Created(answer);
        Assert.That(RawHttp.Json(answer).AsObject().Select(member => member.Key), Is.EqualTo(new[] { "id" }));
        Assert.That(answer, Does.Contain($"Location: /api/users/{user}/phones/{id}\r\n"));
    }

    [Test]
    public async Task A_phone_is_shown_with_all_its_fields_and_blank_ones_as_null()
    {
        var id = await lab.PhoneAsync(user, "001ae8000001");
        var shown = (await lab.JsonAsync($"/api/users/{user}/phones/{id}")).AsObject();
        Assert.That(shown.Select(member => member.Key), Is.EquivalentTo(Fields));
        Assert.That(shown["id"]!.GetValue<string>(), Is.EqualTo(id));
        Assert.That(shown["mac"]!.GetValue<string>(), Is.EqualTo("00:1A:E8:00:00:01"));
        Assert.That(shown["model"]!.GetValue<string>(), Is.EqualTo("OpenStage 60"));
        Assert.That(shown["codecs"]!.ToJsonString(), Is.EqualTo("""["G722","PCMA"]"""));
        Assert.That(shown["all_codecs"]!.ToJsonString(), Is.EqualTo("""["PCMU","PCMA","G722","G729"]"""));
        Assert.That(shown["enable_lldp"]!.GetValue<bool>(), Is.False);
        Assert.That(shown["rps_status"]!.GetValue<string>(), Is.EqualTo("NONE"));
        Assert.That(shown["url"]!.GetValue<string>(), Is.EqualTo(lab.Server.PhoneUrl.AbsoluteUri));
        Assert.That(Fields.Where(field => shown[field] is null), Is.EquivalentTo(new[]
        {
            "ringtone", "queue_ringtone", "external_ringtone", "date_format", "time_format", "powerled", "backlight", "screensaver",
            "wan_port_id", "wan_port_priority", "pc_port_id", "pc_port_priority", "serial_number", "door_password1", "door_password2",
        }));
        Assert.That(shown["not_applicable"]!.AsArray().Select(field => field!.GetValue<string>()), Is.EquivalentTo(new[]
        {
            "powerled", "https", "enable_vlan_pc_port", "pc_port_id", "pc_port_priority", "door_password1", "door_password2",
        }));
    }

    [Test]
    public async Task The_address_of_a_phone_is_the_one_that_is_advertised()
    {
        await using var other = await PhonesLab.StartAsync(options => options with { AdvertisedAddress = "dls.example.net" });
        var ann = await other.UserAsync();
        var shown = await other.JsonAsync($"/api/users/{ann}/phones/{await other.PhoneAsync(ann)}");
        Assert.That(shown["url"]!.GetValue<string>(), Is.EqualTo($"https://dls.example.net:{other.Server.PhoneUrl.Port}/DeploymentService/LoginService"));
    }

    [Test]
    public async Task A_user_has_the_phones_that_were_given_to_the_user_and_no_others()
    {
        var bob = await lab.UserAsync("bob", "2002");
        await lab.PhoneAsync(user, "00:1A:E8:00:00:02");
        await lab.PhoneAsync(user);
        var phone = await lab.PhoneAsync(bob, "00:1A:E8:00:00:03");
        var list = (await lab.JsonAsync($"/api/users/{user}/phones")).AsObject();
        Assert.That(list.Select(member => member.Key), Is.EqualTo(new[] { "items" }), "no count, as the contract has it");
        Assert.That(list["items"]!.AsArray().Select(item => item!["mac"]!.GetValue<string>()), Is.EqualTo(new[] { "00:1A:E8:00:00:01", "00:1A:E8:00:00:02" }));
        Assert.That(list["items"]![0]!.AsObject().Select(member => member.Key), Is.EquivalentTo(Fields), "the whole objects");
        PhonesLab.AssertRefused(await lab.GetAsync($"/api/users/{user}/phones/{phone}"), 404, "phone_id", phone, "a phone of this user");
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{user}/phones/{phone}", "{}"), 404, "phone_id", phone, "a phone of this user");
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{user}/phones/{phone}/destroy"), 404, "phone_id", phone, "a phone of this user");
        Assert.That((await lab.JsonAsync($"/api/users/{bob}/phones"))["items"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_update_changes_what_it_brings_and_leaves_the_rest()
    {
        var id = await lab.PhoneAsync(user, more: """, "ringtone": "Pattern 4", "door_password1": "1234", "enable_vlan_wan_port": true, "wan_port_id": 9""");
        var before = (await lab.JsonAsync($"/api/users/{user}/phones/{id}")).AsObject();
        var answer = await lab.PostAsync($"/api/users/{user}/phones/{id}", """{"language": "GERMAN", "codecs": ["PCMU"], "wan_port_id": 10}""");
        Assert.That(RawHttp.Status(answer), Is.EqualTo(200));
        Assert.That(RawHttp.Body(answer), Is.Empty);
        var after = (await lab.JsonAsync($"/api/users/{user}/phones/{id}")).AsObject();
        before["language"] = "GERMAN";
        before["codecs"] = new JsonArray("PCMU");
        before["wan_port_id"] = 10;
        Assert.That(after.ToJsonString(), Is.EqualTo(before.ToJsonString()));
    }

    [TestCase("{}")]
    [TestCase("")]
    public async Task An_update_that_brings_nothing_changes_nothing(string body)
    {
        var id = await lab.PhoneAsync(user);
        var before = await lab.JsonAsync($"/api/users/{user}/phones/{id}");
        Assert.That(RawHttp.Status(await lab.PostAsync($"/api/users/{user}/phones/{id}", body)), Is.EqualTo(200));
        Assert.That((await lab.JsonAsync($"/api/users/{user}/phones/{id}")).ToJsonString(), Is.EqualTo(before.ToJsonString()));
        Assert.That(lab.Jobs(), Has.Count.EqualTo(1), "nothing differs, so there is no job");
    }

    [Test]
    public async Task A_destroyed_phone_is_gone_and_may_be_given_to_another_user()
    {
        var id = await lab.PhoneAsync(user);
        var answer = await lab.PostAsync($"/api/users/{user}/phones/{id}/destroy");
        Assert.That(RawHttp.Status(answer), Is.EqualTo(204));
        Assert.That(RawHttp.Body(answer), Is.Empty);
        PhonesLab.AssertRefused(await lab.GetAsync($"/api/users/{user}/phones/{id}"), 404, "phone_id", id, "a phone of this user");
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{user}/phones/{id}/destroy"), 404, "phone_id", id, "a phone of this user");
        Assert.That(PhonesLab.Items(lab.Jobs()[1]), Is.EqualTo(new[] { "e164=NULL", "sip-user-id=", "sip-pwd=", "display-id-unicode=" }));
        await lab.PhoneAsync(await lab.UserAsync("bob", "2002"));
        Assert.That(PhonesLab.Items(lab.Jobs()[2]), Is.EqualTo(new[] { "e164=2002", "sip-user-id=2002" }), "the rest is on its way");
    }

    [TestCase("00:1A:E8:00:00:01")]
    [TestCase("00-1a-e8-00-00-01")]
    [TestCase("001AE8000001")]
    public async Task A_mac_address_that_a_phone_has_is_a_conflict_for_any_user(string mac)
    {
        await lab.PhoneAsync(user);
        var bob = await lab.UserAsync("bob", "2002");
        foreach (var owner in new[] { bob, user })
            PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{owner}/phones", PhonesLab.Body(mac)), 409, "mac", PhoneTalk.Mac, "no phone of a user has");
        Assert.That(lab.Jobs(), Has.Count.EqualTo(1));
        Assert.That((await lab.JsonAsync($"/api/users/{bob}/phones"))["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Of_many_who_give_one_phone_at_the_same_time_one_has_it()
    {
        List<string> users = [user];
        for (var number = 2; number <= 8; number++)
            users.Add(await lab.UserAsync($"user{number}", $"100{number}"));
        var answers = await Task.WhenAll(users.Select(owner => lab.PostAsync($"/api/users/{owner}/phones", PhonesLab.Body())));
        Assert.That(answers.Select(RawHttp.Status).Order(), Is.EqualTo(new[] { 201, 409, 409, 409, 409, 409, 409, 409 }));
        Assert.That((await lab.JsonAsync("/api/phones"))["items"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(lab.Jobs(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_asked_of_a_user_who_is_not_there_is_not_found()
    {
        PhonesLab.AssertRefused(await lab.GetAsync("/api/users/nobody/phones"), 404, "id", "nobody", "/api/users");
        PhonesLab.AssertRefused(await lab.PostAsync("/api/users/nobody/phones", PhonesLab.Body()), 404, "id", "nobody", "/api/users");
        PhonesLab.AssertRefused(await lab.GetAsync("/api/users/nobody/phones/x"), 404, "id", "nobody", "/api/users");
        PhonesLab.AssertRefused(await lab.PostAsync("/api/users/nobody/phones/x", "{}"), 404, "id", "nobody", "/api/users");
        PhonesLab.AssertRefused(await lab.PostAsync("/api/users/nobody/phones/x/destroy"), 404, "id", "nobody", "/api/users");
        Assert.That(lab.Server.Jobs.List(), Is.Empty);
    }

    [Test]
    public async Task Phones_and_users_survive_a_restart_of_the_server()
    {
        var id = await lab.PhoneAsync(user, more: """, "ringtone": "Pattern 4" """);
        var before = (await lab.JsonAsync($"/api/users/{user}/phones/{id}")).AsObject();
        await lab.RestartAsync();
        var after = (await lab.JsonAsync($"/api/users/{user}/phones/{id}")).AsObject();
        before["url"] = after["url"]!.DeepClone();
        Assert.That(after.ToJsonString(), Is.EqualTo(before.ToJsonString()));
        Assert.That(lab.Jobs().Single().State, Is.EqualTo(JobState.Pending));
    }
}
