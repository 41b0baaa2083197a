using NUnit.Framework;

namespace OpenStage.Server.Tests.Phones;

/// <summary>What depends on who asks: one's own phones, and passwords.</summary>
public sealed class OwnPhoneTests
{
    private PhonesLab lab = null!;
    private string user = "";

    [SetUp]
    public async Task Start()
    {
        lab = await PhonesLab.StartAsync();
        user = await lab.UserAsync(more: """, "extension_password": "sip-s3cret" """);
    }

    [TearDown]
    public async Task End() => await lab.DisposeAsync();

    [Test]
    public async Task Who_is_signed_in_lists_creates_shows_changes_and_destroys_the_phones_of_the_user_of_that_name()
    {
        await using var ann = await SignedInHost.StartAsync(lab.Server, "ann", "Operator");
        var created = await ann.PostAsync("/api/user/phones", PhonesLab.Body());
        var id = PhonesLab.Created(created);
        Assert.That(created, Does.Contain($"Location: /api/user/phones/{id}\r\n"));
        Assert.That(lab.Jobs().Single().CreatedBy, Is.EqualTo("ann"));
        Assert.That(RawHttp.Json(await ann.GetAsync("/api/user/phones"))["items"]![0]!["fwver"]!.GetValue<string>(), Is.Empty);

        using var phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.StartUpAsync();
        var list = RawHttp.Json(await ann.GetAsync("/api/user/phones"))["items"]!.AsArray();
        Assert.That(list.Single()!["fwver"]!.GetValue<string>(), Is.EqualTo("V3 R3.24.0"));
        var shown = RawHttp.Json(await ann.GetAsync($"/api/user/phones/{id}")).AsObject();
        Assert.That(shown["mac"]!.GetValue<string>(), Is.EqualTo(PhoneTalk.Mac));
        Assert.That(shown.ContainsKey("fwver"), Is.False, "only the list has it");

        var updated = await ann.PostAsync($"/api/user/phones/{id}", """{"language": "GERMAN"}""");
        Assert.That(RawHttp.Status(updated), Is.EqualTo(200));
        Assert.That((await lab.JsonAsync($"/api/users/{user}/phones/{id}"))["language"]!.GetValue<string>(), Is.EqualTo("GERMAN"));
        Assert.That(RawHttp.Status(await ann.PostAsync($"/api/user/phones/{id}/destroy")), Is.EqualTo(204));
        Assert.That(RawHttp.Json(await ann.GetAsync("/api/user/phones"))["items"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Phones_of_others_are_not_ones_own()
    {
        await lab.UserAsync("bob", "2002");
        var id = await lab.PhoneAsync(user);
        await using var bob = await SignedInHost.StartAsync(lab.Server, "bob", "Operator");
        PhonesLab.AssertRefused(await bob.GetAsync($"/api/user/phones/{id}"), 404, "phone_id", id, "a phone of this user");
        PhonesLab.AssertRefused(await bob.PostAsync($"/api/user/phones/{id}", "{}"), 404, "phone_id", id, "a phone of this user");
        PhonesLab.AssertRefused(await bob.PostAsync($"/api/user/phones/{id}/destroy"), 404, "phone_id", id, "a phone of this user");
        PhonesLab.AssertRefused(await bob.PostAsync("/api/user/phones", PhonesLab.Body()), 409, "mac", PhoneTalk.Mac, "no phone of a user has");
    }

    [TestCase("GET", "/api/user/phones")]
    [TestCase("POST", "/api/user/phones")]
    [TestCase("GET", "/api/user/phones/x")]
    [TestCase("POST", "/api/user/phones/x")]
    [TestCase("POST", "/api/user/phones/x/destroy")]
    public async Task Nobody_and_an_account_without_a_user_have_no_phones(string method, string target)
    {
        await using var nobody = await SignedInHost.StartAsync(lab.Server, null, "");
        var refused = await (method == "GET" ? nobody.GetAsync(target) : nobody.PostAsync(target, "{}"));
        PhonesLab.AssertRefused(refused, 401, "Authorization", "nobody is signed in", "the token of an account");
        await using var stranger = await SignedInHost.StartAsync(lab.Server, "eve", "Administrator");
        refused = await (method == "GET" ? stranger.GetAsync(target) : stranger.PostAsync(target, "{}"));
        PhonesLab.AssertRefused(refused, 404, "user", "eve", "the name of a user");
    }

    [TestCase("Viewer", "***", "***", "***")]
    [TestCase("Operator", "s3cret-web", "8642", "sip-s3cret")]
    [TestCase("Administrator", "s3cret-web", "8642", "sip-s3cret")]
    public async Task Passwords_are_clear_for_those_who_may_change_them_and_masked_for_the_others(string role, string web, string door, string sip)
    {
        var id = await lab.PhoneAsync(user, more: """, "door_password1": "8642" """);
        await using var account = await SignedInHost.StartAsync(lab.Server, "ann", role);
        foreach (var target in new[] { $"/api/users/{user}/phones/{id}", $"/api/user/phones/{id}" })
        {
            var phone = RawHttp.Json(await account.GetAsync(target));
            Assert.That(phone["password"]!.GetValue<string>(), Is.EqualTo(web), target);
            Assert.That(phone["door_password1"]!.GetValue<string>(), Is.EqualTo(door), target);
            Assert.That(phone["door_password2"], Is.Null, "what is not set is no secret");
        }

        foreach (var target in new[] { $"/api/users/{user}/phones", "/api/user/phones", "/api/phones" })
            Assert.That(RawHttp.Json(await account.GetAsync(target))["items"]![0]!["password"]!.GetValue<string>(), Is.EqualTo(web), target);
        Assert.That(RawHttp.Json(await account.GetAsync($"/api/phones/{PhoneTalk.Mac}"))["password"]!.GetValue<string>(), Is.EqualTo(web));
        Assert.That(RawHttp.Json(await account.GetAsync($"/api/users/{user}"))["extension_password"]!.GetValue<string>(), Is.EqualTo(sip));
        Assert.That(RawHttp.Json(await account.GetAsync("/api/users"))["items"]![0]!["extension_password"]!.GetValue<string>(), Is.EqualTo(sip));
    }

    [Test]
    public async Task Stars_that_a_viewer_saw_are_no_password_when_they_come_back()
    {
        var id = await lab.PhoneAsync(user);
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{user}/phones/{id}", """{"password": "***"}"""), 400, "password", "not shown here", "6 to 24");
    }
}
