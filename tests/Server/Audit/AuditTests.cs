using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Server.Audit;
using OpenStage.Server.Tests.Accounts;

namespace OpenStage.Server.Tests.Audit;

/// <summary>Who changed what and when can be read afterwards; secrets cannot.</summary>
public sealed class AuditTests
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
    public async Task A_job_is_noted_with_who_asked_for_it_and_without_its_passwords()
    {
        using var olga = await Api.LoginAsync(lab, "olga", "Operator");
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        await olga.CallAsync("POST", "/api/jobs", new
        {
            mac = PhoneTalk.Mac,
            kind = "WriteItems",
            items = new object[]
            {
                new { name = "user-pwd", value = "hunter2" }, new { name = "dhcp", value = "true" }, new { name = "unknown-thing", value = "s3cr3t" },
                new { name = "bt-pin", value = "4711" },
            },
        });
        var entry = (await FindAsync("resource=jobs"))["items"]!.AsArray().Single()!;
        Assert.That(entry["account"]!.GetValue<string>(), Is.EqualTo("olga"));
        Assert.That(entry["address"]!.GetValue<string>(), Is.EqualTo("127.0.0.1"));
        Assert.That(entry["method"]!.GetValue<string>(), Is.EqualTo("POST"));
        Assert.That(entry["resource"]!.GetValue<string>(), Is.EqualTo("/api/jobs"));
        Assert.That(entry["status"]!.GetValue<int>(), Is.EqualTo(201));
        Assert.That(entry["at"]!.GetValue<DateTimeOffset>(), Is.EqualTo(lab.Clock.GetUtcNow()));
        Assert.That(entry["summary"]!.GetValue<string>(), Is.EqualTo(
            $"mac={PhoneTalk.Mac}, kind=WriteItems, items: user-pwd=*** dhcp=true unknown-thing=*** bt-pin=***"));
        Assert.That(lab.Server.Jobs.Get(1)!.CreatedBy, Is.EqualTo("olga"));
        Assert.That((await FindAsync("top=500")).ToJsonString(), Does.Not.Contain("hunter2").And.Not.Contain("4711").And.Not.Contain("s3cr3t"));
    }

    [Test]
    public async Task Refusals_are_noted_with_their_status_and_what_only_reads_is_not()
    {
        using var vera = await Api.LoginAsync(lab, "vera", "Viewer");
        await vera.StatusAsync("POST", "/api/jobs", new { kind = "Contact", mac = PhoneTalk.Mac });
        await vera.StatusAsync("GET", "/api/jobs");
        await api.StatusAsync("POST", "/api/jobs", new { kind = "Explode", password = "hunter2" });
        var entries = (await FindAsync("resource=/API/jobs"))["items"]!.AsArray();
        Assert.That(entries.Select(entry => (entry!["account"]!.GetValue<string>(), entry["status"]!.GetValue<int>())), Is.EqualTo(new[] { ("lab", 400), ("vera", 403) }));
        Assert.That(entries.ToJsonString(), Does.Not.Contain("hunter2"));
    }

    [Test]
    public async Task Logins_are_noted_with_the_name_only_when_it_is_one()
    {
        using var nobody = new Api(lab);
        await nobody.StatusAsync("POST", "/api/login", new { username = "hunter2hunter2", password = "x" });
        await nobody.StatusAsync("POST", "/api/login", new { username = "ADMIN", password = "hunter2" });
        await nobody.StatusAsync("POST", "/api/login", new { username = "admin", password = lab.Server.FirstPassword });
        var found = await FindAsync("resource=login");
        Assert.That(found["items"]!.AsArray().Select(entry => (entry!["account"]!.GetValue<string>(), entry["status"]!.GetValue<int>())),
            Is.EqualTo(new[] { ("admin", 200), ("admin", 400), ("", 400) }));
        Assert.That(found.ToJsonString(), Does.Not.Contain("hunter2").And.Not.Contain(lab.Server.FirstPassword!));
    }

    [Test]
    public async Task What_nobody_known_asks_for_does_not_fill_the_log()
    {
        using var nobody = new Api(lab);
        var before = (await FindAsync(""))["count"]!.GetValue<long>();
        Assert.That(await nobody.StatusAsync("POST", "/api/jobs", new { kind = "Contact" }), Is.EqualTo(401));
        Assert.That(await nobody.StatusAsync("DELETE", "/api/accounts/admin"), Is.EqualTo(401));
        Assert.That((await FindAsync(""))["count"]!.GetValue<long>(), Is.EqualTo(before));
    }

    [Test]
    public async Task Changes_of_accounts_and_tokens_are_noted_in_words()
    {
        await api.CallAsync("POST", "/api/accounts", new { name = "olga", role = "Operator", password = "hunter2hunter2" });
        await api.CallAsync("PUT", "/api/accounts/olga", new { role = "Viewer", disabled = true });
        await api.StatusAsync("POST", "/api/accounts/olga/password", new { newPassword = "hunter3hunter3" });
        var token = (await api.CallAsync("POST", "/api/tokens", new { name = "nightly", role = "Viewer" }))!;
        await api.StatusAsync("DELETE", $"/api/tokens/{Api.Number(token["id"]!.GetValue<long>())}");
        var found = await FindAsync("account=lab");
        Assert.That(found["items"]!.AsArray().Select(entry => entry!["summary"]!.GetValue<string>()), Is.EqualTo(new[]
        {
            "took back token nightly of lab", "created token nightly as Viewer", "set the password of olga",
            "account olga is now Viewer, disabled, must change its password", "created account olga as Operator",
        }));
        Assert.That(found.ToJsonString(), Does.Not.Contain("hunter").And.Not.Contain(token["token"]!.GetValue<string>()));
    }

    [Test]
    public async Task The_first_account_is_noted_as_the_server_s_own_doing()
    {
        var entry = (await FindAsync("resource=accounts/admin"))["items"]!.AsArray().Single()!;
        Assert.That(entry["account"]!.GetValue<string>(), Is.Empty);
        Assert.That(entry["summary"]!.GetValue<string>(), Does.StartWith("first start"));
    }

    [Test]
    public async Task Entries_are_found_by_account_resource_and_time_and_come_in_pages()
    {
        for (var minute = 0; minute < 5; minute++)
        {
            await api.StatusAsync("DELETE", $"/api/jobs/{Api.Number(minute)}");
            lab.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var page = await FindAsync("resource=jobs&skip=1&top=2");
        Assert.That(page["count"]!.GetValue<long>(), Is.EqualTo(5));
        Assert.That(Resources(page), Is.EqualTo(new[] { "/api/jobs/3", "/api/jobs/2" }));
        var start = lab.Clock.GetUtcNow().AddMinutes(-5);
        Assert.That(Resources(await FindAsync($"resource=jobs&from={start.AddMinutes(1):yyyy-MM-ddTHH:mm:ssZ}&to={start.AddMinutes(3):O}")),
            Is.EqualTo(new[] { "/api/jobs/2", "/api/jobs/1" }));
        Assert.That(Resources(await FindAsync("account=LAB&resource=jobs/4")), Is.EqualTo(new[] { "/api/jobs/4" }));
        Assert.That(Resources(await FindAsync("resource=%25")), Is.Empty, "a percent sign stands for itself");
    }

    [TestCase("account=x", "account", "x", "3 to 64")]
    [TestCase("from=soon", "from", "soon", "a time such as")]
    [TestCase("to=2026-13-01", "to", "2026-13-01", "a time such as")]
    [TestCase("skip=-1", "skip", "-1", "0 to 2147483647")]
    [TestCase("top=0", "top", "0", "1 to 500")]
    [TestCase("top=501", "top", "501", "1 to 500")]
    [TestCase("top=ten", "top", "ten", "1 to 500")]
    public async Task A_bad_question_is_refused(string query, string field, string value, string allowed)
    {
        using var response = await api.SendAsync("GET", $"/api/audit?{query}");
        await Api.AssertRefusedAsync(response, 400, "VALIDATE_FAILED", field, value, allowed);
    }

    [Test]
    public async Task Entries_go_when_they_are_older_than_is_to_be_kept()
    {
        await lab.RestartAsync(options => options with { AuditRetention = TimeSpan.FromDays(30) });
        using var later = new Api(lab, api.Token);
        await later.StatusAsync("DELETE", "/api/jobs/1");
        lab.Clock.Advance(TimeSpan.FromDays(30));
        await later.StatusAsync("DELETE", "/api/jobs/2");
        Assert.That(lab.Server.Access.Audit.Find(new AuditFilter { Resource = "jobs" }).Count, Is.EqualTo(2));
        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        await later.StatusAsync("DELETE", "/api/jobs/3");
        Assert.That(lab.Server.Access.Audit.Find(new AuditFilter { Resource = "jobs" }).Items.Select(entry => entry.Resource), Is.EqualTo(new[] { "/api/jobs/3", "/api/jobs/2" }));
    }

    [TestCase("""{"pin":1234,"pinValue":"12345","maxPinRetries":3}""", "pin, pinValue, maxPinRetries")]
    [TestCase("""{"door_password1":4711,"accessCode":4712,"rate":60}""", "door_password1, accessCode, rate=60")]
    [TestCase("""{"name":"a\r\nb","enabled":true,"notBefore":null,"phones":[1,2]}""", "name=a  b, enabled=true, notBefore=null, phones: 2")]
    [TestCase("""{"content":"-----BEGIN PRIVATE KEY-----","url":"https://u:p@h/","ftp":{"password":"x"}}""", "content, url, ftp")]
    [TestCase("""{"items":[{"name":"admin-pwd","value":"x"},{"value":"y"},7,{"name":"dhcp"}]}""", "items: admin-pwd=*** ? ? dhcp")]
    [TestCase("""["hunter2"]""", "")]
    [TestCase("""{"password":"hun""", "")]
    public void The_summary_of_a_body_tells_no_text_that_may_be_a_secret(string body, string summary) =>
        Assert.That(AuditSummary.OfJson(Encoding.UTF8.GetBytes(body)), Is.EqualTo(summary));

    private async Task<JsonNode> FindAsync(string query) => (await api.CallAsync("GET", $"/api/audit?{query}"))!;

    private static IEnumerable<string> Resources(JsonNode page) => page["items"]!.AsArray().Select(entry => entry!["resource"]!.GetValue<string>());
}
