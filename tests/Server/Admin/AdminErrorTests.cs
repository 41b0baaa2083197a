using NUnit.Framework;

namespace OpenStage.Server.Tests.Admin;

/// <summary>Every refusal names the field, the value and what is allowed.</summary>
public sealed class AdminErrorTests
{
    private const string Job = """{"mac":"00:1A:E8:00:00:01","kind":"WriteItems","items":""";

    private RunningServer lab = null!;

    [OneTimeSetUp]
    public async Task Start() => lab = await RunningServer.StartAsync();

    [OneTimeTearDown]
    public async Task End() => await lab.DisposeAsync();

    [TestCase("/api/devices/nonsense", 400, "mac", "nonsense", "a MAC address such as")]
    [TestCase("/api/devices/001AE8000099", 404, "mac", "001AE8000099", "/api/devices")]
    [TestCase("/api/devices/nonsense/items", 400, "mac", "nonsense", "a MAC address such as")]
    [TestCase("/api/devices/001AE8000099/items", 404, "mac", "001AE8000099", "/api/devices")]
    [TestCase("/api/jobs/77", 404, "id", "77", "/api/jobs")]
    [TestCase("/api/jobs/77/wait", 404, "id", "77", "/api/jobs")]
    [TestCase("/api/jobs/77/wait?timeoutSeconds=301", 400, "timeoutSeconds", "301", "0 to 300")]
    [TestCase("/api/jobs/77/wait?timeoutSeconds=-1", 400, "timeoutSeconds", "-1", "0 to 300")]
    [TestCase("/api/jobs/77/wait?timeoutSeconds=NaN", 400, "timeoutSeconds", "NaN", "0 to 300")]
    [TestCase("/api/jobs/77/wait?timeoutSeconds=soon", 400, "timeoutSeconds", "soon", "0 to 300")]
    [TestCase("/api/jobs/first", 404, "path", "/api/jobs/first", "/openapi/v1.json")]
    [TestCase("/api/jobs/99999999999999999999", 404, "path", "/api/jobs/99999999999999999999", "/openapi/v1.json")]
    [TestCase("/api/jobs?state=Asleep", 400, "state", "Asleep", "Pending, Contacting, Running")]
    [TestCase("/api/jobs?state=7", 400, "state", "7", "Pending, Contacting, Running")]
    [TestCase("/api/jobs?mac=1", 400, "mac", "1", "a MAC address such as")]
    [TestCase("/api/transcripts?mac=1", 400, "mac", "1", "a MAC address such as")]
    [TestCase("/api/nothing", 404, "path", "/api/nothing", "/openapi/v1.json")]
    public async Task A_bad_question_is_refused(string target, int status, string field, string value, string allowed) =>
        AssertProblem(await RawHttp.GetAsync(lab.Server.AdminUrl, target), status, field, value, allowed);

    [Test]
    public async Task A_refusal_says_it_in_one_plain_sentence()
    {
        var answer = RawHttp.Json(await RawHttp.GetAsync(lab.Server.AdminUrl, "/api/jobs?state=7"));
        Assert.That(answer["errors"]![0]!["message"]!.GetValue<string>(), Does.Match("^state '7': allowed is Pending, [A-Za-z, ]+\\.$"));
    }

    [TestCase("DELETE", "/api/jobs/77", 404, "id", "77", "/api/jobs")]
    [TestCase("DELETE", "/api/devices", 405, "method", "DELETE", "GET")]
    [TestCase("PUT", "/api/jobs/77", 405, "method", "PUT", "DELETE")]
    public async Task A_method_that_finds_nothing_is_refused(string method, string target, int status, string field, string value, string allowed) =>
        AssertProblem(await RawHttp.GetAsync(lab.Server.AdminUrl, target, method, "Content-Length: 0\r\n"), status, field, value, allowed);

    [TestCase("{}", "kind", "", "ReadAllItems, ReadItems, WriteItems, Restart, FileDeployment, SoftwareDeployment, SecureMode, Contact")]
    [TestCase("""{"kind":"Explode"}""", "kind", "Explode", "ReadAllItems, ReadItems, WriteItems, Restart, FileDeployment, SoftwareDeployment, SecureMode, Contact")]
    [TestCase("""{"kind":"2"}""", "kind", "2", "ReadAllItems, ReadItems, WriteItems, Restart, FileDeployment, SoftwareDeployment, SecureMode, Contact")]
    [TestCase("""{"kind":"Contact"}""", "mac", "", "a MAC address such as")]
    [TestCase("""{"kind":"Contact","mac":"00:1A"}""", "mac", "00:1A", "a MAC address such as")]
    [TestCase("""{"kind":"Contact","mac":"001AE8000001","items":[{"name":"e164"}]}""", "items", "1 items", "no items for Contact")]
    [TestCase("""{"kind":"ReadItems","mac":"001AE8000001"}""", "items", "0 items", "1 to 10000 items")]
    [TestCase(Job + """[{"name":"dhcp"},{"name":" "}]}""", "items[1].name", " ", "1 to 255 characters")]
    [TestCase(Job + """[null]}""", "items[0].name", "", "1 to 255 characters")]
    [TestCase(Job + """[{"name":"dhcp"},{"name":"dhcp","value":"1"}]}""", "items[1]", "dhcp", "each name and index once")]
    [TestCase(Job + """[{"name":"user-pwd","value":"se\u0001cret"}]}""", "items[0].value", "that of user-pwd", "XML 1.0")]
    [TestCase("""{"kind":"Contact","mac":"001AE8000001","lifetimeSeconds":0.5}""", "lifetimeSeconds", "0.5", "1 to 31536000")]
    [TestCase("""{"kind":"Contact","mac":"001AE8000001","lifetimeSeconds":31536001}""", "lifetimeSeconds", "31536001", "1 to 31536000")]
    public async Task A_job_that_cannot_be_is_refused(string body, string field, string value, string allowed)
    {
        var answer = await RawHttp.PostAsync(lab.Server.AdminUrl, "/api/jobs", body);
        AssertProblem(answer, 400, field, value, allowed);
        Assert.That(answer, Does.Not.Contain("cret"));
        Assert.That(lab.Server.Jobs.List(), Is.Empty);
    }

    [TestCase("{\n  \"mac\": \"001AE8000001\",\n  \"kind\" \"Contact\"\n}", "line 3", "well-formed JSON")]
    [TestCase("{\n\"kind\":\"Contact\"", "line 2", "well-formed JSON")]
    [TestCase("not JSON", "line 1", "well-formed JSON")]
    [TestCase("{\n\"mac\":\n{}}", "line 3", "/openapi/v1.json")]
    [TestCase("{\"kind\":\"Contact\",\n\"notBefore\":\"tomorrow\"}", "line 2", "a time such as")]
    [TestCase("[]", "line 1", "/openapi/v1.json")]
    public async Task Json_that_is_broken_or_of_another_shape_is_refused_with_its_line(string body, string place, string allowed)
    {
        var answer = await RawHttp.PostAsync(lab.Server.AdminUrl, "/api/jobs", body);
        AssertProblem(answer, 400, null, place, allowed);
    }

    [TestCase("{\"kind\":\"Contact\",\n\"mak\":\"x\"}", "$.mak", "mak at line 2", "mac, kind, items, files, software, force, readBack, priority, notBefore, lifetimeSeconds")]
    [TestCase(Job + "[{\"name\":\"dhcp\",\n\n\"vale\":\"x\"}]}", "$.items[0].vale", "vale at line 3", "name, value, index")]
    public async Task A_key_that_does_not_exist_is_refused_with_its_line(string body, string field, string value, string allowed) =>
        AssertProblem(await RawHttp.PostAsync(lab.Server.AdminUrl, "/api/jobs", body), 400, field, value, allowed);

    [Test]
    public async Task A_password_in_broken_json_is_not_repeated()
    {
        var answer = await RawHttp.PostAsync(lab.Server.AdminUrl, "/api/jobs", Job + "[{\"name\":\"user-pwd\",\"value\":\"hunter2\" \"index\":1}]}");
        AssertProblem(answer, 400, null, "line 1", "well-formed JSON");
        Assert.That(answer, Does.Not.Contain("hunter2"));
    }

    [TestCase("")]
    [TestCase("null")]
    public async Task A_missing_body_is_refused(string body) =>
        AssertProblem(await RawHttp.PostAsync(lab.Server.AdminUrl, "/api/jobs", body), 400, null, "", "/openapi/v1.json");

    [TestCase("text/plain")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("text/xml")]
    public async Task Another_content_type_is_refused(string type) => AssertProblem(
        await RawHttp.PostAsync(lab.Server.AdminUrl, "/api/jobs", "{}", type), 415, "Content-Type", type, "application/json");

    [Test]
    public async Task A_body_over_four_megabytes_is_refused()
    {
        var answer = await RawHttp.SendAsync(lab.Server.AdminUrl,
            $"POST /api/jobs HTTP/1.1\r\nHost: localhost\r\n{RawHttp.Authorization(lab.Server.AdminUrl)}Content-Type: application/json\r\nContent-Length: 4194305\r\nConnection: close\r\n\r\n");
        AssertProblem(answer, 413, "body", "4194305 bytes", "at most 4194304 bytes");
    }

    private static void AssertProblem(string answer, int status, string? field, string value, string allowed)
    {
        Assert.That(RawHttp.Status(answer), Is.EqualTo(status), answer);
        Assert.That(answer, Does.Contain("Content-Type: application/json"));
        var error = RawHttp.Json(answer)["errors"]!.AsArray().Single()!;
        Assert.That(error["code"]!.GetValue<string>(), Does.Match("^[A-Z_]+$"));
        Assert.That(error["message"]!.GetValue<string>(), Does.Contain(allowed));
        var detail = error["detail"]!;
        Assert.That(detail["field"]!.GetValue<string>(), field is null ? Is.Not.Empty : Is.EqualTo(field));
        Assert.That(detail["value"]!.GetValue<string>(), Does.StartWith(value));
        Assert.That(detail["allowed"]!.GetValue<string>(), Does.Contain(allowed));
    }
}
