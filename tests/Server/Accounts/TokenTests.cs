using NUnit.Framework;

namespace OpenStage.Server.Tests.Accounts;

/// <summary>Long-lived tokens for scripts: never more than the account, and taken back at any time.</summary>
public sealed class TokenTests
{
    private RunningServer lab = null!;
    private Api olga = null!;
    private Api api = null!;

    [SetUp]
    public async Task Start()
    {
        lab = await RunningServer.StartAsync();
        olga = await Api.LoginAsync(lab, "olga", "Operator");
        api = new Api(lab, lab.Api.DefaultRequestHeaders.Authorization!.Parameter);
    }

    [TearDown]
    public async Task End()
    {
        api.Dispose();
        olga.Dispose();
        await lab.DisposeAsync();
    }

    [Test]
    public async Task A_token_is_shown_once_and_works_until_it_ends()
    {
        var expires = lab.Clock.GetUtcNow().AddDays(30);
        using var response = await olga.SendAsync("POST", "/api/tokens", new { name = " nightly ", role = "viewer", expires });
        Assert.That((int)response.StatusCode, Is.EqualTo(201));
        var made = await Api.JsonAsync(response);
        Assert.That(response.Headers.Location!.ToString(), Is.EqualTo($"/api/tokens/{Api.Number(made["id"]!.GetValue<long>())}"));
        using var script = new Api(lab, made["token"]!.GetValue<string>());
        Assert.That(script.Token, Does.StartWith("osp_"));
        var listed = (await olga.CallAsync("GET", "/api/tokens"))!.AsArray().Single()!;
        Assert.That(listed["name"]!.GetValue<string>(), Is.EqualTo("nightly"));
        Assert.That(listed["account"]!.GetValue<string>(), Is.EqualTo("olga"));
        Assert.That(listed["token"], Is.Null);
        lab.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.That(await script.StatusAsync("GET", "/api/devices"), Is.EqualTo(200));
        Assert.That(await script.StatusAsync("DELETE", "/api/jobs/1"), Is.EqualTo(403), "a viewer's token of an operator");
        Assert.That(await script.StatusAsync("POST", "/api/logout"), Is.EqualTo(204));
        Assert.That(await script.StatusAsync("GET", "/api/devices"), Is.EqualTo(200), "logout is for logins");
        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await script.StatusAsync("GET", "/api/devices"), Is.EqualTo(401));
    }

    [Test]
    public async Task A_token_loses_what_its_account_loses()
    {
        using var script = new Api(lab, (await olga.CallAsync("POST", "/api/tokens", new { name = "nightly", role = "Operator" }))!["token"]!.GetValue<string>());
        Assert.That(await script.StatusAsync("DELETE", "/api/jobs/1"), Is.EqualTo(404));
        await api.CallAsync("PUT", "/api/accounts/olga", new { role = "Viewer" });
        Assert.That(await script.StatusAsync("DELETE", "/api/jobs/1"), Is.EqualTo(403));
    }

    [Test]
    public async Task Tokens_of_others_are_seen_and_taken_back_by_administrators_only()
    {
        var id = (await olga.CallAsync("POST", "/api/tokens", new { name = "nightly", role = "Operator" }))!["id"]!.GetValue<long>();
        using var vera = await Api.LoginAsync(lab, "vera", "Operator");
        Assert.That((await vera.CallAsync("GET", "/api/tokens"))!.AsArray(), Is.Empty);
        using (var refused = await vera.SendAsync("DELETE", $"/api/tokens/{Api.Number(id)}"))
            await Api.AssertRefusedAsync(refused, 404, "NOT_FOUND", "id", Api.Number(id), "/api/tokens");
        Assert.That((await api.CallAsync("GET", "/api/tokens"))!.AsArray().Select(token => token!["name"]!.GetValue<string>()), Is.EqualTo(new[] { "tests", "nightly" }));
        Assert.That(await api.StatusAsync("DELETE", $"/api/tokens/{Api.Number(id)}"), Is.EqualTo(204));
        Assert.That((await olga.CallAsync("GET", "/api/tokens"))!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Tokens_of_logins_are_not_reached_by_number()
    {
        for (var id = 1; id < 10; id++)
        {
            if (id != 1)
                Assert.That(await api.StatusAsync("DELETE", $"/api/tokens/{Api.Number(id)}"), Is.EqualTo(404));
        }

        Assert.That(await olga.StatusAsync("GET", "/api/devices"), Is.EqualTo(200));
    }

    [TestCase("{}", "name", "", "1 to 100 characters")]
    [TestCase("""{"name":" ","role":"Viewer"}""", "name", " ", "1 to 100 characters")]
    [TestCase("""{"name":"a\u0007","role":"Viewer"}""", "name", "a\a", "1 to 100 characters")]
    [TestCase("""{"name":"nightly"}""", "role", "", "Viewer, Operator, Administrator")]
    [TestCase("""{"name":"nightly","role":"Administrator"}""", "role", "Administrator", "at most Operator")]
    [TestCase("""{"name":"nightly","role":"Viewer","expires":"2026-01-05T08:00:00Z"}""", "expires", null, "a time to come")]
    [TestCase("""{"name":"nightly","role":"Viewer","expires":"soon"}""", "$.expires", null, "a time such as")]
    public async Task A_token_that_cannot_be_is_refused_and_not_made(string body, string field, string? value, string allowed)
    {
        using var content = new StringContent(body, null, "application/json");
        using var response = await olga.SendAsync("POST", "/api/tokens", content);
        await Api.AssertRefusedAsync(response, 400, "VALIDATE_FAILED", field, value, allowed);
        Assert.That((await olga.CallAsync("GET", "/api/tokens"))!.AsArray(), Is.Empty);
    }
}
