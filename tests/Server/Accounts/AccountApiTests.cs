using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Server.Accounts;

namespace OpenStage.Server.Tests.Accounts;

/// <summary>Accounts are made, changed and removed, and there is always somebody left to do it.</summary>
public sealed class AccountApiTests
{
    private RunningServer lab = null!;
    private Api api = null!;

    [SetUp]
    public async Task Start()
    {
        lab = await RunningServer.StartAsync();
        api = new Api(lab, lab.Api.DefaultRequestHeaders.Authorization!.Parameter);
    }

    [TearDown]
    public async Task End()
    {
        api.Dispose();
        await lab.DisposeAsync();
    }

    [Test]
    public async Task An_account_made_without_a_password_gets_a_one_time_one_which_is_shown_once()
    {
        using var response = await api.SendAsync("POST", "/api/accounts", new { name = "Olga@Site", role = "operator" });
        Assert.That((int)response.StatusCode, Is.EqualTo(201));
        Assert.That(response.Headers.Location!.ToString(), Is.EqualTo("/api/accounts/olga@site"));
        var account = await Api.JsonAsync(response);
        Assert.That(account["name"]!.GetValue<string>(), Is.EqualTo("olga@site"));
        Assert.That(account["role"]!.GetValue<string>(), Is.EqualTo("Operator"));
        Assert.That(account["mustChangePassword"]!.GetValue<bool>(), Is.True);
        var password = account["oneTimePassword"]!.GetValue<string>();
        var all = (await api.CallAsync("GET", "/api/accounts"))!.AsArray();
        Assert.That(all.Select(one => one!["name"]!.GetValue<string>()), Is.EqualTo(new[] { "admin", "lab", "olga@site" }));
        Assert.That(all.ToJsonString(), Does.Not.Contain(password).And.Not.Contain("ash"), "neither password nor hash");
        Assert.That(await LogInAsync("OLGA@site", password), Is.EqualTo(200));
    }

    [Test]
    public async Task An_account_made_with_a_password_logs_in_with_it_and_has_to_change_it()
    {
        await api.CallAsync("POST", "/api/accounts", new { name = "olga", role = "Operator", password = Api.Password });
        Assert.That(await LogInAsync("olga", Api.Password), Is.EqualTo(200));
        var account = lab.Server.Access.Accounts.Get("olga")!;
        Assert.That((account.Role, account.MustChangePassword), Is.EqualTo((Role.Operator, true)));
    }

    [TestCase("{}", "name", "", "3 to 64 letters")]
    [TestCase("""{"name":"ab","role":"Viewer"}""", "name", "ab", "3 to 64 letters")]
    [TestCase("""{"name":"-ab","role":"Viewer"}""", "name", "-ab", "3 to 64 letters")]
    [TestCase("""{"name":"a b c","role":"Viewer"}""", "name", "a b c", "3 to 64 letters")]
    [TestCase("""{"name":"olg\u0430","role":"Viewer"}""", "name", "olgа", "3 to 64 letters")]
    [TestCase("""{"name":"olga\n","role":"Viewer"}""", "name", "olga\n", "3 to 64 letters")]
    [TestCase("""{"name":"olga"}""", "role", "", "Viewer, Operator, Administrator")]
    [TestCase("""{"name":"olga","role":"2"}""", "role", "2", "Viewer, Operator, Administrator")]
    [TestCase("""{"name":"olga","role":"Viewer,Operator"}""", "role", "Viewer,Operator", "Viewer, Operator, Administrator")]
    [TestCase("""{"name":"olga","role":"Root"}""", "role", "Root", "Viewer, Operator, Administrator")]
    [TestCase("""{"name":"olga","role":"Viewer","password":"hunter2"}""", "password", "7 characters", "12 to 256 characters")]
    [TestCase("""{"name":"olga","role":"Viewer","password":"hunter2OLGAhunter2"}""", "password", "a password with the name in it", "without the name")]
    [TestCase("""{"name":"olga","role":"Viewer","password":"hhhhuuuuuuuuuu"}""", "password", "few different characters", "5 different characters")]
    [TestCase("""{"name":"olga","role":"Viewer","passwort":"hunter2"}""", "$.passwort", null, "name, role, password")]
    public async Task An_account_that_cannot_be_is_refused_and_not_made(string body, string field, string? value, string allowed)
    {
        using var content = new StringContent(body, null, "application/json");
        using var response = await api.SendAsync("POST", "/api/accounts", content);
        await Api.AssertRefusedAsync(response, 400, "VALIDATE_FAILED", field, value, allowed);
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Not.Contain("hunter2"));
        Assert.That(lab.Server.Access.Accounts.List(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_name_is_given_once_whatever_its_case()
    {
        await CreateAsync("olga", "Viewer");
        using var response = await api.SendAsync("POST", "/api/accounts", new { name = "OLGA", role = "Administrator" });
        await Api.AssertRefusedAsync(response, 409, "CONFLICT", "name", "olga", "no account has");
        Assert.That(lab.Server.Access.Accounts.Get("olga")!.Role, Is.EqualTo(Role.Viewer));
    }

    [Test]
    public async Task A_role_that_is_changed_counts_from_the_next_request_on()
    {
        using var olga = await Api.LoginAsync(lab, "olga", "Viewer");
        Assert.That(await olga.StatusAsync("GET", "/api/accounts"), Is.EqualTo(403));
        var changed = await api.CallAsync("PUT", "/api/accounts/OLGA", new { role = "Administrator" });
        Assert.That(changed!["role"]!.GetValue<string>(), Is.EqualTo("Administrator"));
        Assert.That(await olga.StatusAsync("GET", "/api/accounts"), Is.EqualTo(200));
        await api.CallAsync("PUT", "/api/accounts/olga", new { mustChangePassword = true });
        Assert.That(await olga.StatusAsync("GET", "/api/devices"), Is.EqualTo(403));
    }

    [Test]
    public async Task A_disabled_account_is_out_with_its_logins_and_its_tokens()
    {
        using var olga = await Api.LoginAsync(lab, "olga", "Operator");
        using var script = new Api(lab, (await olga.CallAsync("POST", "/api/tokens", new { name = "backup", role = "Viewer" }))!["token"]!.GetValue<string>());
        Assert.That(await script.StatusAsync("GET", "/api/devices"), Is.EqualTo(200));
        await api.CallAsync("PUT", "/api/accounts/olga", new { disabled = true });
        Assert.That(await olga.StatusAsync("GET", "/api/devices"), Is.EqualTo(401));
        Assert.That(await script.StatusAsync("GET", "/api/devices"), Is.EqualTo(401));
        Assert.That(await LogInAsync("olga", Api.Password), Is.EqualTo(400));
        await api.CallAsync("PUT", "/api/accounts/olga", new { disabled = false });
        Assert.That(await olga.StatusAsync("GET", "/api/devices"), Is.EqualTo(401), "the login has ended");
        Assert.That(await script.StatusAsync("GET", "/api/devices"), Is.EqualTo(200));
        Assert.That(await LogInAsync("olga", Api.Password), Is.EqualTo(200));
    }

    [Test]
    public async Task A_removed_account_is_gone_with_its_tokens_also_when_the_name_comes_back()
    {
        using var olga = await Api.LoginAsync(lab, "olga", "Operator");
        using var script = new Api(lab, (await olga.CallAsync("POST", "/api/tokens", new { name = "backup", role = "Viewer" }))!["token"]!.GetValue<string>());
        Assert.That(await api.StatusAsync("DELETE", "/api/accounts/olga"), Is.EqualTo(204));
        await CreateAsync("olga", "Administrator");
        Assert.That(await olga.StatusAsync("GET", "/api/devices"), Is.EqualTo(401));
        Assert.That(await script.StatusAsync("GET", "/api/devices"), Is.EqualTo(401));
    }

    [Test]
    public async Task The_last_administrator_can_be_neither_removed_nor_disabled_nor_made_less()
    {
        Assert.That(await api.StatusAsync("DELETE", "/api/accounts/admin"), Is.EqualTo(204), "lab is still there");
        await CreateAsync("olga", "Administrator");
        await api.CallAsync("PUT", "/api/accounts/olga", new { disabled = true });
        foreach (var (method, body) in new (string, object?)[] { ("DELETE", null), ("PUT", new { disabled = true }), ("PUT", new { role = "Operator" }) })
        {
            using var response = await api.SendAsync(method, "/api/accounts/lab", body);
            await Api.AssertRefusedAsync(response, 409, "CONFLICT", "name", "lab", "any but the last administrator");
        }

        var lab1 = lab.Server.Access.Accounts.Get("lab")!;
        Assert.That((lab1.Role, lab1.Disabled), Is.EqualTo((Role.Administrator, false)));
    }

    [TestCase("PUT", "/api/accounts/nobody", "{}")]
    [TestCase("PUT", "/api/accounts/x", "{}")]
    [TestCase("DELETE", "/api/accounts/nobody", null)]
    [TestCase("POST", "/api/accounts/nobody/password", """{"newPassword":"correct horse battery"}""")]
    public async Task What_is_not_there_is_not_changed(string method, string target, string? body)
    {
        using var content = body is null ? null : new StringContent(body, null, "application/json");
        using var response = await api.SendAsync(method, target, content);
        await Api.AssertRefusedAsync(response, 404, "NOT_FOUND", "name", null, "/api/accounts");
    }

    [Test]
    public async Task A_password_that_an_administrator_sets_ends_the_logins_and_has_to_be_changed()
    {
        using var olga = await Api.LoginAsync(lab, "olga", "Operator");
        Assert.That(await api.StatusAsync("POST", "/api/accounts/olga/password", new { newPassword = "another horse battery" }), Is.EqualTo(204));
        Assert.That(await olga.StatusAsync("GET", "/api/devices"), Is.EqualTo(401));
        Assert.That(await LogInAsync("olga", Api.Password), Is.EqualTo(400));
        Assert.That(await LogInAsync("olga", "another horse battery"), Is.EqualTo(200));
        Assert.That(lab.Server.Access.Accounts.Get("olga")!.MustChangePassword, Is.True);
    }

    [Test]
    public async Task One_s_own_password_is_changed_with_the_present_one_and_nobody_else_s()
    {
        using var olga = await Api.LoginAsync(lab, "olga", "Operator");
        using (var without = await olga.SendAsync("POST", "/api/accounts/olga/password", new { newPassword = "another horse battery" }))
            await Api.AssertRefusedAsync(without, 400, "UNAUTHORIZED", "currentPassword", "***", "password");
        using (var others = await olga.SendAsync("POST", "/api/accounts/admin/password", new { newPassword = "another horse battery" }))
            await Api.AssertRefusedAsync(others, 403, "FORBIDDEN", "role", "Operator", "Administrator");
        using (var shorter = await olga.SendAsync("POST", "/api/accounts/olga/password", new { currentPassword = Api.Password, newPassword = "short" }))
            await Api.AssertRefusedAsync(shorter, 400, "VALIDATE_FAILED", "newPassword", "5 characters", "12 to 256");
        Assert.That(await olga.StatusAsync("POST", "/api/accounts/olga/password", new { currentPassword = Api.Password, newPassword = "another horse battery" }), Is.EqualTo(204));
        Assert.That(await LogInAsync("olga", "another horse battery"), Is.EqualTo(200));
        Assert.That(lab.Server.Access.Accounts.Get("olga")!.MustChangePassword, Is.False);
    }

    [Test]
    public async Task Guessing_the_present_password_is_slowed_down_like_a_login()
    {
        using var olga = await Api.LoginAsync(lab, "olga", "Operator");
        for (var guess = 0; guess < LoginThrottle.FreeTries; guess++)
            Assert.That(await olga.StatusAsync("POST", "/api/accounts/olga/password", new { currentPassword = "guess", newPassword = "another horse battery" }), Is.EqualTo(400));
        using var next = await olga.SendAsync("POST", "/api/accounts/olga/password", new { currentPassword = Api.Password, newPassword = "another horse battery" });
        Assert.That((int)next.StatusCode, Is.EqualTo(429));
    }

    private Task<JsonNode?> CreateAsync(string name, string role) => api.CallAsync("POST", "/api/accounts", new { name, role });

    private async Task<int> LogInAsync(string username, string password)
    {
        using var nobody = new Api(lab);
        return await nobody.StatusAsync("POST", "/api/login", new { username, password });
    }
}
