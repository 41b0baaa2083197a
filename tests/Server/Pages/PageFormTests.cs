using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using NUnit.Framework;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Pages;

/// <summary>Forms at the level of HTTP: what another page, an old page or no page sends.</summary>
public sealed partial class PageFormTests
{
    private RunningServer lab = null!;
    private HttpClient browser = null!;

    [SetUp]
    public async Task Start()
    {
        lab = await RunningServer.StartAsync();
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.StartUpAsync();
        var cookies = new CookieContainer();
        cookies.Add(lab.Server.AdminUrl, new Cookie("openstage-session", Session()));
        browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = lab.Server.AdminUrl };
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    [TearDown]
    public async Task End()
    {
        browser.Dispose();
        await lab.DisposeAsync();
    }

    [Test]
    public async Task A_form_of_our_own_page_is_taken_and_leads_on_to_what_it_made()
    {
        using var request = await JobAsync(("kind", "Contact"));
        using var answer = await browser.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(answer.Headers.Location, Is.EqualTo(new Uri("/jobs/1", UriKind.Relative)));
        Assert.That(lab.Server.Jobs.Get(1)!.Kind, Is.EqualTo(JobKind.Contact));
    }

    [TestCase("/phones/00:1A:E8:00:00:01/jobs")]
    [TestCase("/phones/00:1A:E8:00:00:01/location")]
    [TestCase("/jobs/1/cancel")]
    public async Task A_form_without_the_token_of_this_session_changes_nothing(string target)
    {
        await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.Restart });
        var token = await TokenAsync();
        // The browser of somebody who is logged in, and has not loaded the page that the token is of.
        using var stranger = new HttpClient(new SocketsHttpHandler { UseCookies = false })
        {
            BaseAddress = lab.Server.AdminUrl,
            DefaultRequestHeaders = { { "Cookie", $"openstage-session={Session()}" } },
        };
        foreach (var sent in new[] { "", "forged", token })
        {
            using var answer = await stranger.PostAsync(new Uri(target, UriKind.Relative),
                Form(("form-token", sent), ("kind", "Contact"), ("location", "elsewhere")));
            Assert.That((int)answer.StatusCode, Is.InRange(400, 403), sent);
        }

        Assert.That(lab.Server.Jobs.List(), Has.Count.EqualTo(1));
        Assert.That(lab.Server.Jobs.Get(1)!.State.IsFinal(), Is.False);
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac)!.Location, Is.Empty);
    }

    [Test]
    public async Task A_form_of_a_page_that_was_loaded_before_a_restart_is_taken()
    {
        var token = await TokenAsync();
        var port = lab.Server.AdminUrl.Port;
        await lab.RestartAsync(options => options with { AdminPort = port });
        var answer = await SendAsync($"/phones/{PhoneTalk.Mac}/location", ("form-token", token), ("location", "Attic"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac)!.Location, Is.EqualTo("Attic"));
    }

    [TestCase("//evil.example/")]
    [TestCase("https://evil.example/")]
    [TestCase("/\\evil.example")]
    [TestCase("/jobs\r\nSet-Cookie: a=b")]
    [TestCase("/jobsü")]
    public async Task A_form_leads_back_to_pages_of_ours_only(string back)
    {
        await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.Restart });
        var answer = await SendAsync("/jobs/1/cancel", ("form-token", await TokenAsync()), ("back", back));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(answer.Headers.Location, Is.EqualTo(new Uri("/jobs/1", UriKind.Relative)));
    }

    [TestCase("kind", "Kill", "allowed is WriteItems, ReadItems")]
    [TestCase("kind", "0", "allowed is WriteItems, ReadItems")]
    [TestCase("kind", "SecureMode", "allowed is WriteItems, ReadItems")]
    [TestCase("notBefore", "tomorrow", "allowed is a date and time")]
    [TestCase("lifetime", "-1", "allowed is more than 0 to 8760 hours")]
    [TestCase("lifetime", "NaN", "allowed is more than 0 to 8760 hours")]
    [TestCase("lifetime", "0.0001", "allowed is 1 s to 365 days")]
    [TestCase("items", "a\u0001 = b", "“one not shown here”: allowed is text without control characters")]
    public async Task What_no_browser_sends_is_refused_at_its_field(string field, string value, string said)
    {
        using var request = await JobAsync(("kind", "ReadItems"), ("items", "dhcp"), (field, value));
        using var answer = await browser.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.That(page, Does.Match($"id=\"field-{field}-error\" role=\"alert\">[^<]*{Regex.Escape(said)}"));
        Assert.That(lab.Server.Jobs.List(), Is.Empty);
    }

    [Test]
    public async Task More_fields_than_a_form_has_are_refused()
    {
        var token = await TokenAsync();
        var answer = await SendAsync($"/phones/{PhoneTalk.Mac}/jobs", [("form-token", token), .. Enumerable.Range(0, 2000).Select(at => ($"f{at}", "x"))]);
        Assert.That((int)answer.StatusCode, Is.InRange(400, 403));
        Assert.That(lab.Server.Jobs.List(), Is.Empty);
    }

    [Test]
    public async Task Pages_let_nothing_of_others_in()
    {
        using var answer = await browser.GetAsync(new Uri("/phones", UriKind.Relative));
        Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("default-src 'self'").And.Contain("frame-ancestors 'none'"));
        Assert.That(answer.Headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"));
        Assert.That(answer.Headers.CacheControl!.NoStore);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.That(page, Does.Not.Contain("<style").And.Not.Contain(" style=").And.Not.Match("<script(?! src=)").And.Not.Match(" on[a-z]+="));
    }

    [Test]
    public async Task Style_and_script_may_be_kept_for_ever_under_their_present_names()
    {
        var page = await browser.GetStringAsync(new Uri("/", UriKind.Relative));
        var path = Asset().Match(page).Groups["path"].Value;
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/css"));
        Assert.That(answer.Headers.CacheControl!.MaxAge, Is.EqualTo(TimeSpan.FromDays(365)));
        using var old = await browser.GetAsync(new Uri("/assets/0000/pages.css", UriKind.Relative));
        Assert.That(old.Headers.CacheControl!.NoStore);
        using var none = await browser.GetAsync(new Uri("/assets/0000/../secret", UriKind.Relative));
        Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private string Session() => lab.Server.Access.Grants.IssueSession(lab.Server.Access.Accounts.Get("lab")!);

    private async Task<string> TokenAsync() =>
        Token().Match(await browser.GetStringAsync(new Uri($"/phones/{PhoneTalk.Mac}", UriKind.Relative))).Groups["token"].Value;

    /// <summary>The form of a new job as its page has it, with what is typed into it.</summary>
    private async Task<HttpRequestMessage> JobAsync(params (string Name, string Value)[] typed)
    {
        var path = $"/phones/{PhoneTalk.Mac}";
        var form = PageForm.All(path, await browser.GetStringAsync(new Uri(path, UriKind.Relative))).Single(form => form.Action == $"{path}/jobs");
        var values = form.Filled(new Dictionary<string, string>()).ToDictionary();
        foreach (var (name, value) in typed)
            values[name] = value;
        return form.Request(values.Select(value => (value.Key, value.Value)));
    }

    private Task<HttpResponseMessage> SendAsync(string target, params (string Name, string Value)[] fields) =>
        browser.PostAsync(new Uri(target, UriKind.Relative), Form(fields));

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value.ToString(CultureInfo.InvariantCulture))));

    [GeneratedRegex("name=\"form-token\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("href=\"(?<path>/assets/[^\"]+pages.css)\"")]
    private static partial Regex Asset();
}
