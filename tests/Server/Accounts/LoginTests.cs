using System.Text.Json.Nodes;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Accounts;

/// <summary>Tokens for programs, in the form of the PBX's API.</summary>
public sealed class LoginTests
{
    private RunningServer lab = null!;
    private Api api = null!;

    [SetUp]
    public async Task Start()
    {
        lab = await RunningServer.StartAsync();
        api = new Api(lab);
        lab.Server.Access.Accounts.Create("olga", Server.Accounts.Role.Operator, Api.StoredPassword.Value, mustChange: false);
    }

    [TearDown]
    public async Task End()
    {
        api.Dispose();
        await lab.DisposeAsync();
    }

    [Test]
    public async Task Name_and_password_in_a_form_bring_a_token_that_opens_the_API_for_half_an_hour()
    {
        using var response = await api.FormAsync("/api/login/oauth/token",
            ("grant_type", "password"), ("username", "Olga"), ("password", Api.Password), ("scope", "all"), ("client_id", "any"));
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        var answer = (await Api.JsonAsync(response)).AsObject();
        Assert.That(answer.Select(field => field.Key), Is.EquivalentTo(new[] { "access_token", "expires_in", "refresh_token", "token_type" }));
        Assert.That(answer["expires_in"]!.GetValue<int>(), Is.EqualTo(1800));
        Assert.That(answer["token_type"]!.GetValue<string>(), Is.EqualTo("Bearer"));

        Assert.That(await api.StatusAsync("GET", "/api/devices"), Is.EqualTo(401));
        api.Token = answer["access_token"]!.GetValue<string>();
        Assert.That(await api.StatusAsync("GET", "/api/devices"), Is.EqualTo(200));
        lab.Clock.Advance(TimeSpan.FromSeconds(1799));
        Assert.That(await api.StatusAsync("GET", "/api/devices"), Is.EqualTo(200));
        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await api.StatusAsync("GET", "/api/devices"), Is.EqualTo(401));
        Assert.That(lab.Server.Access.Accounts.Get("olga")!.LastLogin, Is.EqualTo(lab.Clock.GetUtcNow() - TimeSpan.FromMinutes(30)));
    }

    [TestCase("olga", "wrong horse battery")]
    [TestCase("nobody", Api.Password)]
    [TestCase("o", Api.Password)]
    [TestCase("locked", Api.Password)]
    [TestCase("lab", "any")]
    public async Task A_wrong_login_hears_the_same_whatever_is_wrong(string name, string password)
    {
        lab.Server.Access.Accounts.Create("locked", Server.Accounts.Role.Operator, Api.StoredPassword.Value, mustChange: false);
        lab.Server.Access.Accounts.Change("locked", account => account with { Disabled = true });
        using var form = await api.FormAsync("/api/login/oauth/token", ("grant_type", "password"), ("username", name), ("password", password));
        await Api.AssertRefusedAsync(form, 400, "UNAUTHORIZED", "password", "***", "an account that is not disabled");
        using var json = await api.SendAsync("POST", "/api/login", new { username = name, password });
        await Api.AssertRefusedAsync(json, 400, "UNAUTHORIZED", "password", "***", "an account that is not disabled");
        Assert.That(await form.Content.ReadAsStringAsync(), Is.EqualTo(await json.Content.ReadAsStringAsync()).And.Not.Contain(password));
    }

    [TestCase("grant_type", "", "grant_type=", "password or refresh_token")]
    [TestCase("grant_type", "implicit", "grant_type=implicit&username=olga", "password or refresh_token")]
    [TestCase("username", "", "grant_type=password&password=x", "the name of an account")]
    [TestCase("password", "", "grant_type=password&username=olga", "the password of the account")]
    [TestCase("refresh_token", "", "grant_type=refresh_token", "a refresh token")]
    [TestCase("scope", "phones", "grant_type=password&username=olga&password=x&scope=phones", "all")]
    public async Task A_form_that_lacks_something_is_refused_by_field(string field, string value, string form, string allowed)
    {
        using var content = new StringContent(form, null, "application/x-www-form-urlencoded");
        using var response = await api.SendAsync("POST", "/api/login/oauth/token", content);
        await Api.AssertRefusedAsync(response, 400, "VALIDATE_FAILED", field, value, allowed);
    }

    [TestCase("/api/login/oauth/token")]
    [TestCase("/api/login/oauth/revoke")]
    public async Task Something_else_than_a_form_is_refused(string target)
    {
        using var response = await api.SendAsync("POST", target, new { grant_type = "password" });
        Assert.That((int)response.StatusCode, Is.AnyOf(401, 415));
        Assert.That((await Api.JsonAsync(response))["errors"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_refresh_token_brings_a_new_pair_once_and_a_second_use_ends_the_whole_login()
    {
        var first = await LogInAsync();
        using var response = await api.FormAsync("/api/login/oauth/token", ("grant_type", "refresh_token"), ("refresh_token", Refresh(first)));
        var second = await Api.JsonAsync(response);
        Assert.That(Access(second), Is.Not.EqualTo(Access(first)));
        Assert.That(Refresh(second), Is.Not.EqualTo(Refresh(first)));
        var third = await api.CallAsync("POST", "/api/auth/refresh_token", new { refresh_token = Refresh(second) });
        Assert.That(await OpensAsync(third!), Is.True);

        using var stolen = await api.SendAsync("POST", "/api/auth/refresh_token", new { refresh_token = Refresh(first) });
        await Api.AssertRefusedAsync(stolen, 400, "UNAUTHORIZED", "refresh_token", "***", "not used yet");
        Assert.That(await OpensAsync(third!), Is.False, "the thief and the owner cannot be told apart");
        Assert.That(await api.StatusAsync("POST", "/api/auth/refresh_token", new { refresh_token = Refresh(third!) }), Is.EqualTo(400));
        Assert.That(await OpensAsync(await LogInAsync()), Is.True);
    }

    [Test]
    public async Task A_refresh_token_lives_for_a_day_and_is_none_for_the_API()
    {
        var pair = await LogInAsync();
        api.Token = Refresh(pair);
        Assert.That(await api.StatusAsync("GET", "/api/devices"), Is.EqualTo(401));
        api.Token = null;
        lab.Clock.Advance(TimeSpan.FromHours(24));
        Assert.That(await api.StatusAsync("POST", "/api/auth/refresh_token", new { refresh_token = Refresh(pair) }), Is.EqualTo(400));
        Assert.That(await api.StatusAsync("POST", "/api/auth/refresh_token", new { refresh_token = Access(await LogInAsync()) }), Is.EqualTo(400), "nor the other way round");
    }

    [TestCase("access_token")]
    [TestCase("refresh_token")]
    public async Task A_revoked_token_takes_its_login_with_it_and_no_other(string which)
    {
        var (pair, other) = (await LogInAsync(), await LogInAsync());
        using var response = await api.FormAsync("/api/login/oauth/revoke", ("token", pair[which]!.GetValue<string>()));
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(await OpensAsync(pair), Is.False);
        Assert.That(await api.StatusAsync("POST", "/api/auth/refresh_token", new { refresh_token = Refresh(pair) }), Is.EqualTo(400));
        Assert.That(await OpensAsync(other), Is.True);
        using var unknown = await api.FormAsync("/api/login/oauth/revoke", ("token", "osp_unknown"));
        Assert.That((int)unknown.StatusCode, Is.EqualTo(200), "whether a token exists is nobody's business");
        using var none = await api.FormAsync("/api/login/oauth/revoke");
        await Api.AssertRefusedAsync(none, 400, "VALIDATE_FAILED", "token", "", "an access or refresh token");
    }

    [Test]
    public async Task Whoever_logged_in_sees_that_and_logs_out()
    {
        Assert.That(await api.StatusAsync("GET", "/api/login"), Is.EqualTo(401));
        api.Token = Access(await LogInAsync());
        var state = await api.CallAsync("GET", "/api/login");
        Assert.That(state!.ToJsonString(), Is.EqualTo("""{"username":"olga","role":"Operator","must_change_password":false}"""));
        Assert.That(await api.StatusAsync("POST", "/api/logout"), Is.EqualTo(204));
        Assert.That(await api.StatusAsync("GET", "/api/login"), Is.EqualTo(401));
    }

    [TestCase("Bearer")]
    [TestCase("Bearer ")]
    [TestCase("Bearer osp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("Basic b2xnYTpjb3JyZWN0IGhvcnNl")]
    [TestCase("Bearer ' OR 1=1 --")]
    public async Task Any_other_authorization_is_refused_with_what_is_needed(string value)
    {
        var answer = await RawHttp.GetAsync(lab.Server.AdminUrl, "/api/devices", headers: $"Authorization: {value}\r\n");
        Assert.That(RawHttp.Status(answer), Is.EqualTo(401));
        Assert.That(answer, Does.Contain("WWW-Authenticate: Bearer\r\n"));
        Assert.That(RawHttp.Json(answer)["errors"]![0]!["code"]!.GetValue<string>(), Is.EqualTo("UNAUTHORIZED"));
        Assert.That(RawHttp.Json(answer)["errors"]![0]!["detail"]!["allowed"]!.GetValue<string>(), Does.Contain("/api/login/oauth/token"));
    }

    [Test]
    public async Task No_token_and_no_password_stands_in_the_store()
    {
        var pair = await LogInAsync();
        Assert.That(await OpensAsync(pair), Is.True);
        var files = Directory.GetFiles(lab.Folder, "server.db*").Select(ReadShared).ToList();
        Assert.That(files, Is.Not.Empty);
        Assert.That(files, Has.None.Contains(Access(pair)).And.None.Contains(Refresh(pair)).And.None.Contains(Api.Password));
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private async Task<JsonNode> LogInAsync() => (await api.CallAsync("POST", "/api/login", new { username = "olga", password = Api.Password, domain = "" }))!;

    private async Task<bool> OpensAsync(JsonNode pair)
    {
        using var other = new Api(lab, Access(pair));
        return await other.StatusAsync("GET", "/api/devices") == 200;
    }

    private static string Access(JsonNode pair) => pair["access_token"]!.GetValue<string>();

    private static string Refresh(JsonNode pair) => pair["refresh_token"]!.GetValue<string>();
}
