using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using OpenStage.Server.Accounts;

namespace OpenStage.Server.Tests.Accounts;

/// <summary>The cookie of the pages, and that no other site can use it.</summary>
public sealed class SessionTests
{
    private const string Job = """{"kind":"Contact","mac":"001AE8000001"}""";

    private RunningServer lab = null!;

    [SetUp]
    public async Task Start()
    {
        lab = await RunningServer.StartAsync();
        lab.Server.Access.Accounts.Create("olga", Role.Operator, Api.StoredPassword.Value, mustChange: false);
        // Only the cookie is to speak here.
        RawHttp.Login(lab.Server.AdminUrl, null);
    }

    [TearDown]
    public async Task End() => await lab.DisposeAsync();

    [TestCase("http", "openstage-session=", false)]
    [TestCase("https", "__Host-openstage-session=", true)]
    public void The_cookie_is_kept_from_scripts_and_from_other_sites(string scheme, string name, bool isSecure)
    {
        var context = Context(scheme);
        var caller = lab.Server.Access.Session.SignIn(context, "olga", Api.Password);
        Assert.That(caller, Is.EqualTo(new Caller("olga", Role.Operator, false)));
        var cookie = context.Response.Headers.SetCookie.ToString();
        Assert.That(cookie, Does.StartWith(name + TokenText.Prefix));
        var attributes = cookie.Split("; ")[1..].Select(attribute => attribute.ToLowerInvariant());
        Assert.That(attributes, Is.EquivalentTo(isSecure ? new[] { "path=/", "secure", "samesite=strict", "httponly" } : ["path=/", "samesite=strict", "httponly"]));
    }

    [TestCase("olga", "guess")]
    [TestCase(null, null)]
    public void A_wrong_login_sets_no_cookie(string? name, string? password)
    {
        var context = Context();
        var refused = Assert.Throws<RequestException>(() => lab.Server.Access.Session.SignIn(context, name, password));
        Assert.That((refused!.Status, refused.Code, refused.Field), Is.EqualTo((400, "UNAUTHORIZED", "password")));
        Assert.That(context.Response.Headers.SetCookie.Count, Is.Zero);
    }

    [Test]
    public async Task A_session_lasts_for_eight_hours_from_its_last_use()
    {
        var cookie = SignIn();
        for (var use = 0; use < 3; use++)
        {
            lab.Clock.Advance(TimeSpan.FromHours(8) - TimeSpan.FromSeconds(1));
            Assert.That(await GetAsync(cookie), Is.EqualTo(200));
        }

        lab.Clock.Advance(TimeSpan.FromHours(8));
        Assert.That(await GetAsync(cookie), Is.EqualTo(401));
    }

    [Test]
    public async Task A_session_outlives_the_server_that_began_it()
    {
        var cookie = SignIn();
        await lab.RestartAsync();
        RawHttp.Login(lab.Server.AdminUrl, null);
        Assert.That(await GetAsync(cookie), Is.EqualTo(200));
    }

    [Test]
    public async Task A_sign_out_ends_this_session_and_no_other()
    {
        var (cookie, other) = (SignIn(), SignIn());
        var context = Context();
        context.Request.Headers.Cookie = cookie;
        lab.Server.Access.Session.SignOut(context);
        Assert.That(context.Response.Headers.SetCookie.ToString(), Does.StartWith("openstage-session=;").And.Contain("expires=Thu, 01 Jan 1970"));
        Assert.That(await GetAsync(cookie), Is.EqualTo(401));
        Assert.That(await GetAsync(other), Is.EqualTo(200));
    }

    [Test]
    public async Task A_new_sign_in_of_the_same_browser_ends_its_former_session()
    {
        var cookie = SignIn();
        var context = Context();
        context.Request.Headers.Cookie = cookie;
        lab.Server.Access.Session.SignIn(context, "olga", Api.Password);
        Assert.That(await GetAsync(cookie), Is.EqualTo(401));
    }

    [Test]
    public async Task A_new_password_ends_the_other_sessions_and_keeps_the_browser_that_changed_it()
    {
        var other = SignIn();
        var context = Context();
        context.User = Caller.Principal(lab.Server.Access.Accounts.Get("olga")!, new Grant
        {
            Id = 1,
            Kind = GrantKind.Session,
            TokenHash = "",
            Account = "olga",
            Family = "",
            Created = lab.Clock.GetUtcNow(),
        }, SessionHandler.Name);
        lab.Server.Access.Session.ChangePassword(context, Api.Password, "another horse battery");
        Assert.That(await GetAsync(other), Is.EqualTo(401));
        Assert.That(await GetAsync(context.Response.Headers.SetCookie.ToString().Split(';')[0]), Is.EqualTo(200));
        Assert.That(Assert.Throws<RequestException>(() => lab.Server.Access.Session.ChangePassword(Context(), "", "another horse battery"))!.Status, Is.EqualTo(401));
    }

    [TestCase("", 403, "Origin")]
    [TestCase("Sec-Fetch-Site: none\r\n", 403, "Origin")]
    [TestCase("Sec-Fetch-Site: cross-site\r\n", 403, "Sec-Fetch-Site")]
    [TestCase("Sec-Fetch-Site: same-site\r\n", 403, "Sec-Fetch-Site")]
    [TestCase("Origin: http://evil.example\r\n", 403, "Origin")]
    [TestCase("Origin: null\r\n", 403, "Origin")]
    [TestCase("Sec-Fetch-Site: same-origin\r\n", 201, null)]
    [TestCase("Origin: {own}\r\n", 201, null)]
    public async Task What_comes_with_the_cookie_changes_something_only_from_a_page_of_ours(string headers, int status, string? field)
    {
        var own = lab.Server.AdminUrl.GetLeftPart(UriPartial.Authority);
        var answer = await PostAsync(SignIn(), "/api/jobs", Job, "application/json", headers.Replace("{own}", own, StringComparison.Ordinal));
        Assert.That(RawHttp.Status(answer), Is.EqualTo(status), answer);
        Assert.That(lab.Server.Jobs.List(), Has.Count.EqualTo(status == 201 ? 1 : 0));
        if (field is not null)
            Assert.That(RawHttp.Json(answer)["errors"]![0]!["detail"]!["field"]!.GetValue<string>(), Is.EqualTo(field));
    }

    [Test]
    public async Task A_request_without_a_body_needs_its_origin_as_well()
    {
        var cookie = SignIn();
        await PostAsync(cookie, "/api/jobs", Job, "application/json", "Sec-Fetch-Site: same-origin\r\n");
        Assert.That(RawHttp.Status(await RawHttp.GetAsync(lab.Server.AdminUrl, "/api/jobs/1", "DELETE", $"Cookie: {cookie}\r\n")), Is.EqualTo(403));
        Assert.That(RawHttp.Status(await RawHttp.GetAsync(lab.Server.AdminUrl, "/api/jobs/1", "DELETE", $"Cookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n")), Is.EqualTo(200));
    }

    [TestCase("application/x-www-form-urlencoded", "a=b")]
    [TestCase("application/x-www-form-urlencoded; charset=utf-8", "")]
    [TestCase("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n")]
    [TestCase("multipart/form-data; boundary=x", "--x\r\nbroken")]
    public async Task A_form_without_the_token_of_its_page_is_refused(string type, string body)
    {
        var answer = await PostAsync(SignIn(), "/no-such-page", body, type, "Sec-Fetch-Site: same-origin\r\n");
        Assert.That(RawHttp.Status(answer), Is.EqualTo(403), answer);
        Assert.That(RawHttp.Json(answer)["errors"]![0]!["detail"]!["field"]!.GetValue<string>(), Is.EqualTo("form"));
    }

    [Test]
    public async Task A_form_with_the_token_of_its_page_passes_also_on_another_node()
    {
        var cookie = SignIn();
        var (formToken, antiforgeryCookie) = Antiforgery();
        await lab.RestartAsync();
        RawHttp.Login(lab.Server.AdminUrl, null);
        var body = $"a=b&form-token={Uri.EscapeDataString(formToken)}";
        Assert.That(RawHttp.Status(await PostAsync($"{cookie}; {antiforgeryCookie}", "/no-such-page", body, "application/x-www-form-urlencoded", "")), Is.EqualTo(404));
        Assert.That(RawHttp.Status(await PostAsync($"{SignIn("admin")}; {antiforgeryCookie}", "/no-such-page", body, "application/x-www-form-urlencoded", "")), Is.EqualTo(403),
            "the token is of one account only");
    }

    [Test]
    public async Task The_answers_forbid_browsers_what_they_need_not_do()
    {
        foreach (var target in new[] { "/api/devices", "/openapi/v1.json", "/nothing" })
        {
            var answer = await RawHttp.GetAsync(lab.Server.AdminUrl, target);
            Assert.That(answer, Does.Contain("Content-Security-Policy: default-src 'self';").And.Contain("frame-ancestors 'none'"));
            Assert.That(answer, Does.Contain("X-Content-Type-Options: nosniff\r\n").And.Contain("Referrer-Policy: same-origin\r\n").And.Contain("Cache-Control: no-store\r\n"));
        }
    }

    private static DefaultHttpContext Context(string scheme = "http")
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Loopback } };
        context.Request.Scheme = scheme;
        return context;
    }

    private string SignIn(string name = "olga")
    {
        if (name != "olga")
            lab.Server.Access.Accounts.Change(name, account => account with { PasswordHash = Api.StoredPassword.Value, MustChangePassword = false });
        var context = Context();
        lab.Server.Access.Session.SignIn(context, name, Api.Password);
        return context.Response.Headers.SetCookie.ToString().Split(';')[0];
    }

    /// <summary>What a page of ours gives to the browser of olga.</summary>
    private (string FormToken, string Cookie) Antiforgery()
    {
        var context = Context();
        context.RequestServices = lab.Server.AdminServices;
        context.User = Caller.Principal(lab.Server.Access.Accounts.Get("olga")!, new Grant
        {
            Id = 1,
            Kind = GrantKind.Session,
            TokenHash = "",
            Account = "olga",
            Family = "",
            Created = lab.Clock.GetUtcNow(),
        }, SessionHandler.Name);
        var tokens = lab.Server.AdminServices.GetRequiredService<IAntiforgery>().GetTokens(context);
        return (tokens.RequestToken!, $"openstage-antiforgery={tokens.CookieToken}");
    }

    private async Task<int> GetAsync(string cookie) =>
        RawHttp.Status(await RawHttp.GetAsync(lab.Server.AdminUrl, "/api/devices", headers: $"Cookie: {cookie}\r\n"));

    private Task<string> PostAsync(string cookie, string target, string body, string type, string headers) => RawHttp.SendAsync(lab.Server.AdminUrl,
        $"POST {target} HTTP/1.1\r\nHost: {lab.Server.AdminUrl.Authority}\r\nConnection: close\r\nCookie: {cookie}\r\n{headers}Content-Type: {type}\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body}");
}
