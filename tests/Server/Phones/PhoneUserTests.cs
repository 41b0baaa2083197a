using NUnit.Framework;

namespace OpenStage.Server.Tests.Phones;

/// <summary>Those who have phones.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class PhoneUserTests(bool postgres)
{
    private PhonesLab lab = null!;

    [SetUp]
    public async Task Start() => lab = await PhonesLab.StartAsync(postgres);

    [TearDown]
    public async Task End()
    {
        // Where PostgreSQL is missing nothing was started.
        if (lab is not null)
            await lab.DisposeAsync();
    }

    [Test]
    public async Task A_user_is_created_shown_changed_and_destroyed()
    {
        var answer = await lab.PostAsync("/api/users", """
            {"name": "Ann Lee", "extension_number": "1001", "display_name": "Ann", "email": "ann@example.net"}
            """);
        var id = PhonesLab.Created(answer);
        Assert.That(answer, Does.Contain($"Location: /api/users/{id}\r\n"));
        Assert.That((await lab.JsonAsync($"/api/users/{id}")).ToJsonString(), Is.EqualTo(
            $$"""{"id":"{{id}}","name":"Ann Lee","extension_number":"1001","extension_password":null,"display_name":"Ann","email":"ann@example.net"}"""));
        var updated = await lab.PostAsync($"/api/users/{id}", """{"extension_number": "1002", "display_name": null}""");
        Assert.That(RawHttp.Status(updated), Is.EqualTo(200));
        Assert.That(RawHttp.Body(updated), Is.Empty);
        Assert.That((await lab.JsonAsync($"/api/users/{id}")).ToJsonString(), Is.EqualTo(
            $$"""{"id":"{{id}}","name":"Ann Lee","extension_number":"1002","extension_password":null,"display_name":null,"email":"ann@example.net"}"""));
        Assert.That(RawHttp.Status(await lab.PostAsync($"/api/users/{id}/destroy")), Is.EqualTo(204));
        PhonesLab.AssertRefused(await lab.GetAsync($"/api/users/{id}"), 404, "id", id, "/api/users");
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{id}", "{}"), 404, "id", id, "/api/users");
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{id}/destroy"), 404, "id", id, "/api/users");
    }

    [TestCase("name", "\"\"", "1 to 64 characters")]
    [TestCase("name", "null", "1 to 64 characters")]
    [TestCase("name", "5", "1 to 64 characters")]
    [TestCase("name", "\"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggggg\"", "1 to 64 characters")]
    [TestCase("extension_number", "\"12\"", "3 to 64 digits")]
    [TestCase("extension_number", "\"12a\"", "3 to 64 digits")]
    [TestCase("extension_number", "\"+4989\"", "3 to 64 digits")]
    [TestCase("extension_number", "123", "3 to 64 digits")]
    [TestCase("extension_number", "\"11111111112222222222333333333344444444445555555555666666666677777\"", "3 to 64 digits")]
    [TestCase("display_name", "[]", "0 to 128 characters")]
    [TestCase("email", "\"ann\"", "a mail address")]
    [TestCase("email", "\"ann@\"", "a mail address")]
    [TestCase("email", "\"a nn@example.net\"", "a mail address")]
    [TestCase("email", "\"ann@example.net@example.net\"", "a mail address")]
    [TestCase("email", "true", "a mail address")]
    public async Task A_field_is_refused_by_its_name_when_it_is_wrong(string field, string value, string allowed)
    {
        var good = field switch
        {
            "name" => """ "extension_number": "1001" """,
            "extension_number" => """ "name": "ann" """,
            _ => """ "name": "ann", "extension_number": "1001" """,
        };
        var shown = value.Trim('"');
        PhonesLab.AssertRefused(await lab.PostAsync("/api/users", $$"""{{{good}}, "{{field}}": {{value}}}"""), 400, field, shown, allowed);
        Assert.That((await lab.JsonAsync("/api/users"))["count"]!.GetValue<int>(), Is.Zero);
        var id = await lab.UserAsync();
        var carrier = field == "name" ? "\"extension_number\": \"9009\"" : "\"name\": \"eve\"";
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{id}", $$"""{{{carrier}}, "{{field}}": {{value}}}"""), 400, field, shown, allowed);
        var kept = await lab.JsonAsync($"/api/users/{id}");
        Assert.That($"{kept["name"]} {kept["extension_number"]}", Is.EqualTo("ann 1001"), "nothing of it is stored");
    }

    [TestCase("extension_password", "12345", "1 to 128 characters")]
    [TestCase("extension_password", "\"tab\\tin it\"", "none of them a control character")]
    public async Task A_sip_password_that_is_wrong_is_refused_and_not_repeated(string field, string value, string allowed) => PhonesLab.AssertRefused(
        await lab.PostAsync("/api/users", $$"""{"name":"ann","extension_number":"1001","{{field}}": {{value}}}"""), 400, field, "not shown here", allowed);

    [TestCase("""{"extension_number":"1001"}""", "name", "1 to 64")]
    [TestCase("""{"name":"ann"}""", "extension_number", "3 to 64 digits")]
    [TestCase("", "name", "1 to 64")]
    public async Task A_new_user_without_a_required_field_is_refused(string body, string field, string allowed) =>
        PhonesLab.AssertRefused(await lab.PostAsync("/api/users", body), 400, field, "", allowed);

    [Test]
    public async Task A_field_that_users_do_not_have_is_refused() => PhonesLab.AssertRefused(
        await lab.PostAsync("/api/users", """{"name":"ann","extension_number":"1001","phones":[]}"""), 400, "phones", "unknown field", "name, extension_number, extension_password");

    [Test]
    public async Task Name_and_extension_are_of_one_user_only()
    {
        await lab.UserAsync();
        var bob = await lab.UserAsync("bob", "2002");
        PhonesLab.AssertRefused(await lab.PostAsync("/api/users", """{"name":"ann","extension_number":"3003"}"""), 409, "name", "ann", "no other user");
        PhonesLab.AssertRefused(await lab.PostAsync("/api/users", """{"name":"eve","extension_number":"1001"}"""), 409, "extension_number", "1001", "no other user");
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{bob}", """{"name":"ann"}"""), 409, "name", "ann", "no other user");
        PhonesLab.AssertRefused(await lab.PostAsync($"/api/users/{bob}", """{"email":"b@example.net","extension_number":"1001"}"""), 409, "extension_number", "1001", "no other user");
        Assert.That((await lab.JsonAsync($"/api/users/{bob}"))["email"], Is.Null);
        Assert.That(RawHttp.Status(await lab.PostAsync($"/api/users/{bob}", """{"name":"bob","extension_number":"2002"}""")), Is.EqualTo(200), "its own");
    }

    [Test]
    public async Task Of_many_users_of_one_extension_at_the_same_time_one_is_created()
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(number =>
            lab.PostAsync("/api/users", $$"""{"name":"user{{number}}","extension_number":"1001"}""")));
        Assert.That(answers.Select(RawHttp.Status).Order(), Is.EqualTo(new[] { 201, 409, 409, 409, 409, 409, 409, 409 }));
    }

    [Test]
    public async Task Users_are_listed_by_extension_searched_and_paged()
    {
        await lab.UserAsync("carl", "3003");
        await lab.UserAsync("ann", "1001", """, "email": "ann_lee@example.net" """);
        await lab.UserAsync("bob", "2002", """, "display_name": "Big Bob" """);
        Assert.That(await NamesAsync(""), Is.EqualTo("3: ann bob carl"));
        Assert.That(await NamesAsync("?search=BIG"), Is.EqualTo("1: bob"));
        Assert.That(await NamesAsync("?search=00"), Is.EqualTo("3: ann bob carl"));
        Assert.That(await NamesAsync("?search=n_l"), Is.EqualTo("1: ann"), "an underscore stands for itself");
        Assert.That(await NamesAsync("?search=%25"), Is.EqualTo("0: "), "and so does a percent sign");
        Assert.That(await NamesAsync("?skip=1&top=1"), Is.EqualTo("3: bob"));
        PhonesLab.AssertRefused(await lab.GetAsync("/api/users?top=0"), 400, "top", "0", "1 to 100");
        PhonesLab.AssertRefused(await lab.GetAsync("/api/users?top=101"), 400, "top", "101", "1 to 100");
        PhonesLab.AssertRefused(await lab.GetAsync("/api/users?skip=-1"), 400, "skip", "-1", "0 to");
        PhonesLab.AssertRefused(await lab.GetAsync("/api/users?skip=some"), 400, "skip", "some", "0 to");
    }

    [Test]
    public async Task A_destroyed_user_leaves_phones_that_may_be_given_to_others()
    {
        var ann = await lab.UserAsync();
        await lab.PhoneAsync(ann);
        await lab.PhoneAsync(ann, "00:1A:E8:00:00:02");
        Assert.That(RawHttp.Status(await lab.PostAsync($"/api/users/{ann}/destroy")), Is.EqualTo(204));
        foreach (var mac in new[] { PhoneTalk.Mac, "00:1A:E8:00:00:02" })
            Assert.That(PhonesLab.Items(lab.Jobs(mac)[1]), Has.Member("sip-user-id="));
        await lab.PhoneAsync(await lab.UserAsync());
        Assert.That((await lab.JsonAsync("/api/phones"))["items"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Templates_are_told_who_has_a_phone()
    {
        var ann = await lab.UserAsync(more: """, "email": "ann@example.net" """);
        await lab.PhoneAsync(ann);
        await lab.PhoneAsync(await lab.UserAsync("bob", "2002"), "00:1A:E8:00:00:02");
        Assert.That(lab.Server.PhoneUsers.DataOf("001ae8000001"), Is.EquivalentTo(new Dictionary<string, string>
        {
            ["user.name"] = "ann",
            ["user.extension"] = "1001",
            ["user.email"] = "ann@example.net",
        }));
        Assert.That(lab.Server.PhoneUsers.DataOf("00:1A:E8:00:00:02").Keys, Is.EquivalentTo(new[] { "user.name", "user.extension" }));
        Assert.That(lab.Server.PhoneUsers.DataOf("00:1A:E8:00:00:03"), Is.Empty);
        Assert.That(lab.Server.PhoneUsers.DataOf("nonsense"), Is.Empty);
    }

    private async Task<string> NamesAsync(string query)
    {
        var list = await lab.JsonAsync($"/api/users{query}");
        return $"{list["count"]}: {string.Join(' ', list["items"]!.AsArray().Select(user => user!["name"]!.GetValue<string>()))}";
    }
}
