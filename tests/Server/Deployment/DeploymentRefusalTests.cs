using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Server.Tests.Files;

namespace OpenStage.Server.Tests.Deployment;

/// <summary>Deployments that cannot be are refused with their field, and nothing of them is stored (WPI guide p.52-57).</summary>
public sealed class DeploymentRefusalTests
{
    private const string Ftp = """{"server":"10.1.2.9","path":"fw","userName":"u","password":"hunter2"}""";

    private FileLab lab = null!;

    /// <summary>File 1 is a logo, file 2 firmware V3 R5.12.0 for an OpenStage 60, and the phone is an OpenStage 40.</summary>
    [OneTimeSetUp]
    public async Task Start()
    {
        lab = await FileLab.StartAsync();
        await lab.AddAsync([1]);
        await lab.AddAsync([2], "OS60.img", "APP", "V3 R5.12.0", "OpenStage 60", "OpenStage 80");
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.RegisterAsync();
    }

    [OneTimeTearDown]
    public async Task End() => await lab.DisposeAsync();

    [TestCase("", "files", "0 files", "1 to 100 files for FileDeployment")]
    [TestCase("null", "files[0].name", "", "1 to 255 characters")]
    [TestCase("""{"file":3}""", "files[0].file", "3", "the id of a file in /api/files")]
    [TestCase("""{"file":-1}""", "files[0].file", "-1", "the id of a file in /api/files")]
    [TestCase("""{"file":1,"type":"PIC"}""", "files[0].type", "PIC", "LOGO, which file 1 is")]
    [TestCase("""{"file":2}""", "files[0].type", "APP", "RINGTONE, LOGO, SCREENSAVER, MOH, PIC, LDAP, DONGLE")]
    [TestCase("""{"file":1,"type":"GIF"}""", "files[0].type", "GIF", "RINGTONE, LOGO, SCREENSAVER, MOH, PIC, LDAP, DONGLE")]
    [TestCase("""{"file":1,"name":""}""", "files[0].name", "", "1 to 255 characters")]
    [TestCase("""{"file":1,"name":"a/b"}""", "files[0].name", "a/b", "a name without path")]
    [TestCase("""{"file":1,"name":"a\u0001"}""", "files[0].name", "one with characters not shown here", "control characters")]
    [TestCase("""{"file":1,"name":"\ud800"}""", "$.files[0].name", "", "/openapi/v1.json")]
    [TestCase("""{"file":1,"action":"Replace"}""", "files[0].action", "Replace", "Deploy, Delete")]
    [TestCase("""{"file":1,"action":"1"}""", "files[0].action", "1", "Deploy, Delete")]
    [TestCase("""{"file":1},{"file":1}""", "files[1]", "logo.png of type LOGO", "each name once for a type")]
    [TestCase("""{"file":1,"url":"https://10.1.2.9/logo.png"}""", "files[0]", "file and url", "exactly one of file, url and ftp")]
    [TestCase("""{"name":"a.png","type":"LOGO"}""", "files[0]", "none", "exactly one of file, url and ftp")]
    [TestCase("""{"file":1,"action":"Delete"}""", "files[0]", "file", "none of file, url and ftp")]
    [TestCase("""{"type":"LOGO","url":"http://10.1.2.9/logo.png"}""", "files[0].url", "http://10.1.2.9/logo.png", "an absolute https address")]
    [TestCase("""{"type":"LOGO","name":"a","url":"logo.png"}""", "files[0].url", "logo.png", "an absolute https address")]
    [TestCase("""{"type":"LOGO","name":"a","url":"https://10.1.2.9/"}""", "files[0].url", "https://10.1.2.9/", "with the file's name at its end")]
    [TestCase("""{"type":"LOGO","name":"a","url":"https://10.1.2.9/a?token=7"}""", "files[0].url", "https://10.1.2.9/a?token=7", "without user, query and fragment")]
    [TestCase("""{"type":"LOGO","name":"a","url":"https://10.1.2.9/a#b"}""", "files[0].url", "https://10.1.2.9/a#b", "without user, query and fragment")]
    [TestCase("""{"type":"LOGO","name":"a","url":"https://u:hunter2@10.1.2.9/a"}""", "files[0].url", "one with a user", "without user, query and fragment")]
    [TestCase("""{"type":"LOGO","name":"b","url":"https://10.1.2.9/a"}""", "files[0].url", "https://10.1.2.9/a", "an address that ends in b")]
    [TestCase("""{"type":"LOGO","name":"a","ftp":{}}""", "files[0].ftp.server", "", "an IP address or a host name")]
    [TestCase("""{"type":"LOGO","name":"a","ftp":{"server":"a b"}}""", "files[0].ftp.server", "a b", "an IP address or a host name")]
    [TestCase("""{"type":"LOGO","name":"a","ftp":{"server":"h","port":0}}""", "files[0].ftp.port", "0", "1 to 65535")]
    [TestCase("""{"type":"LOGO","name":"a","ftp":{"server":"h","port":65536}}""", "files[0].ftp.port", "65536", "1 to 65535")]
    [TestCase("""{"type":"LOGO","name":"a","ftp":{"server":"h","path":"a/../b"}}""", "files[0].ftp.path", "a/../b", "no ..")]
    [TestCase("""{"type":"LOGO","name":"a","ftp":{"server":"h","path":"a\r\nDELE b"}}""", "files[0].ftp.path", "one with characters not shown here", "control character")]
    [TestCase("""{"type":"LOGO","name":"a","ftp":{"server":"h","userName":"u\n"}}""", "files[0].ftp.userName", "one with characters not shown here", "control character")]
    [TestCase("""{"type":"LOGO","name":"a","ftp":{"server":"h","userName":"u","password":"hunter2\n"}}""", "files[0].ftp.password", "one not shown here", "control character")]
    [TestCase("""{"type":"LOGO","name":"a","ftp":{"server":"h","password":"hunter2"}}""", "files[0].ftp.userName", "", "for there is a password")]
    public Task A_file_deployment_that_cannot_be_is_refused(string files, string field, string value, string allowed) =>
        RefusedAsync($$"""{"mac":"001AE8000001","kind":"FileDeployment","files":[{{files}}]}""", field, value, allowed);

    [TestCase("""[{"file":2},{"file":1}]""", "{}", "files", "2 files", "1 file for SoftwareDeployment")]
    [TestCase("""[]""", """{"version":"V3 R5.12.0"}""", "files", "0 files", "1 file for SoftwareDeployment")]
    [TestCase("""[{"file":1}]""", """{"version":"V3 R5.12.0"}""", "files[0].type", "LOGO", "APP")]
    [TestCase("""[{"file":1,"type":"APP"}]""", """{"version":"V3 R5.12.0"}""", "files[0].type", "APP", "LOGO, which file 1 is")]
    [TestCase("""[{"name":"a","action":"Delete"}]""", """{"version":"V3 R5.12.0"}""", "files[0].action", "Delete", "Deploy for software")]
    [TestCase($$"""[{"name":"a","ftp":{{Ftp}}}]""", "null", "software", "", "the version of the image")]
    [TestCase($$"""[{"name":"a","ftp":{{Ftp}}}]""", "{}", "software.version", "", "a version such as V3 R5.12.0")]
    [TestCase($$"""[{"name":"a","ftp":{{Ftp}}}]""", """{"version":"new"}""", "software.version", "new", "a version such as V3 R5.12.0")]
    [TestCase($$"""[{"name":"a","ftp":{{Ftp}}}]""", """{"version":"V3 R5","softwareType":" "}""", "software.softwareType", " ", "1 to 64 characters")]
    [TestCase("""[{"file":2}]""", """{"version":"V3 R5.13.0"}""", "software.version", "V3 R5.13.0", "V3 R5.12.0, which file 2 has")]
    [TestCase("""[{"file":2}]""", """{"softwareType":"Other"}""", "software.softwareType", "Other", "Siemens SIP, which file 2 is")]
    [TestCase("""[{"file":2}]""", "null", "files[0].file", "OS60.img for OpenStage 60, OpenStage 80", "a file for OpenStage 40, which the phone is, unless force is set")]
    public Task A_software_deployment_that_cannot_be_is_refused(string files, string software, string field, string value, string allowed) =>
        RefusedAsync($$"""{"mac":"001AE8000001","kind":"SoftwareDeployment","files":{{files}},"software":{{software}}}""", field, value, allowed);

    [TestCase("""{"kind":"FileDeployment","files":[{"file":1}],"software":{"version":"V3 R5.12.0"}}""", "software", "V3 R5.12.0", "nothing for FileDeployment")]
    [TestCase("""{"kind":"FileDeployment","files":[{"file":1}],"items":[{"name":"e164"}]}""", "items", "1 items", "no items for FileDeployment")]
    [TestCase("""{"kind":"ReadAllItems","files":[{"file":1}]}""", "files", "1 files", "no files for ReadAllItems")]
    [TestCase("""{"kind":"WriteItems","items":[{"name":"e164"}],"files":[{"file":1}]}""", "files", "1 files", "no files for WriteItems")]
    [TestCase("""{"kind":"Contact","readBack":[{"name":"e164"}]}""", "readBack", "1 items", "only for WriteItems")]
    [TestCase("""{"kind":"WriteItems","items":[{"name":"e164"}],"readBack":[{"name":"e164"},{"name":""}]}""", "readBack[1].name", "", "1 to 255 characters")]
    [TestCase("""{"kind":"WriteItems","items":[{"name":"e164"}],"readBack":[{"name":"a","index":1},{"name":"a","index":1}]}""", "readBack[1]", "a", "each name and index once")]
    [TestCase("""{"kind":"Contact","priority":101}""", "priority", "101", "-100 to 100")]
    [TestCase("""{"kind":"Contact","priority":-101}""", "priority", "-101", "-100 to 100")]
    public Task What_does_not_belong_to_the_kind_of_a_job_is_refused(string body, string field, string value, string allowed) =>
        RefusedAsync(body.Replace("{\"kind\"", "{\"mac\":\"001AE8000001\",\"kind\"", StringComparison.Ordinal), field, value, allowed);

    [Test]
    public async Task More_than_a_hundred_files_are_refused()
    {
        var files = string.Join(',', Enumerable.Range(0, 101).Select(number => $$"""{"action":"Delete","type":"PIC","name":"p{{number}}"}"""));
        await RefusedAsync($$"""{"mac":"001AE8000001","kind":"FileDeployment","files":[{{files}}]}""", "files", "101 files", "1 to 100 files for FileDeployment");
    }

    private async Task RefusedAsync(string body, string field, string value, string allowed)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await lab.Running.Api.PostAsync(new Uri("/api/jobs", UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), text);
        Assert.That(text, Does.Not.Contain("hunter2"));
        var detail = JsonNode.Parse(text)!["errors"]!.AsArray().Single()!["detail"]!;
        Assert.That(detail["field"]!.GetValue<string>(), Is.EqualTo(field));
        Assert.That(detail["value"]!.GetValue<string>(), Does.StartWith(value));
        Assert.That(detail["allowed"]!.GetValue<string>(), Does.Contain(allowed));
        Assert.That(lab.Server.Jobs.List(), Is.Empty);
    }
}
