using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Deployment;
using OpenStage.Server.Tests.Files;

namespace OpenStage.Server.Tests.Deployment;

/// <summary>Deployments as they are kept and shown.</summary>
public sealed class DeploymentJobTests
{
    private FileLab lab = null!;

    [SetUp]
    public async Task Start() => lab = await FileLab.StartAsync();

    [TearDown]
    public async Task End() => await lab.DisposeAsync();

    [Test]
    public async Task What_is_left_out_of_a_file_comes_from_the_library_or_from_its_address()
    {
        await lab.AddAsync([1]);
        var job = await CreateAsync("""
            "kind":"FileDeployment","files":[{"file":1},{"file":1,"name":"second.png"},{"type":"ringtone","url":"https://files.example.net/tones/b%C3%BCro.wav"},
            {"action":"delete","name":"old.png","type":"PIC"}]
            """);
        Assert.That(lab.Server.Jobs.Get(1)!.Files, Is.EqualTo(new[]
        {
            new DeploymentFile { Name = "logo.png", Type = "LOGO", File = 1 },
            new DeploymentFile { Name = "second.png", Type = "LOGO", File = 1 },
            new DeploymentFile { Name = "büro.wav", Type = "RINGTONE", Url = "https://files.example.net/tones/b%C3%BCro.wav" },
            new DeploymentFile { Action = FileAction.Delete, Name = "old.png", Type = "PIC" },
        }));
        Assert.That(job["files"]!.AsArray().Select(file => $"{file!["action"]} {file["name"]} {file["type"]} {file["file"]} {file["url"]}"), Is.EqualTo(new[]
        {
            "Deploy logo.png LOGO 1 ", "Deploy second.png LOGO 1 ", "Deploy büro.wav RINGTONE  https://files.example.net/tones/b%C3%BCro.wav", "Delete old.png PIC  ",
        }));
        Assert.That(job["software"], Is.Null);
    }

    [Test]
    public async Task Firmware_of_the_library_needs_nothing_but_its_number()
    {
        await lab.AddAsync([1], "OS40.img", "APP", "3.5.12.0", "openstage 40");
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.StartUpAsync();
        var job = await CreateAsync("""   "kind":"SoftwareDeployment","files":[{"file":1}]   """);
        Assert.That(lab.Server.Jobs.Get(1)!.Software, Is.EqualTo(new SoftwareImage("V3 R5.12.0", "Siemens SIP", false)));
        Assert.That(job["software"]!["version"]!.GetValue<string>(), Is.EqualTo("V3 R5.12.0"));
    }

    [Test]
    public async Task What_is_said_of_an_image_elsewhere_is_kept_in_the_form_that_phones_report()
    {
        await CreateAsync("""
            "kind":"SoftwareDeployment","files":[{"url":"https://files.example.net/OS40.img"}],
            "software":{"version":"3.5.12.0","softwareType":" Unify SIP ","whenIdle":true}
            """);
        Assert.That(lab.Server.Jobs.Get(1)!.Software, Is.EqualTo(new SoftwareImage("V3 R5.12.0", "Unify SIP", true)));
        Assert.That(lab.Server.Jobs.Get(1)!.Files.Single().Type, Is.EqualTo("APP"));
    }

    [Test]
    public async Task Firmware_for_another_model_goes_to_a_phone_only_by_force()
    {
        await lab.AddAsync([1], "OS60.img", "APP", "V3 R5.12.0", "OpenStage 60");
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.StartUpAsync();
        await CreateAsync("""   "kind":"SoftwareDeployment","files":[{"file":1}],"force":true   """);
        Assert.That(lab.Server.Jobs.List(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_phone_that_has_not_called_yet_may_be_of_any_model()
    {
        await lab.AddAsync([1], "OS60.img", "APP", "V3 R5.12.0", "OpenStage 60");
        await CreateAsync("""   "kind":"SoftwareDeployment","files":[{"file":1}]   """);
        Assert.That(lab.Server.Jobs.List(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_password_of_a_file_server_is_kept_and_never_shown()
    {
        var job = await CreateAsync("""
            "kind":"FileDeployment","priority":-7,
            "files":[{"name":"a.png","type":"LOGO","ftp":{"server":"ftp.example.net","path":"/logos/","userName":"phones","password":"hunter2"}}]
            """);
        Assert.That(lab.Server.Jobs.Get(1)!.Files.Single().Ftp, Is.EqualTo(new FtpLocation("ftp.example.net", 21, "/logos/", "phones", "hunter2")));
        Assert.That(job["files"]![0]!["ftp"]!["password"]!.GetValue<string>(), Is.EqualTo("***"));
        Assert.That(job["priority"]!.GetValue<int>(), Is.EqualTo(-7));
        foreach (var target in new[] { "/api/jobs", "/api/jobs/1", "/api/jobs/1/wait?timeoutSeconds=0" })
            Assert.That(await lab.Running.Api.GetStringAsync(new Uri(target, UriKind.Relative)), Does.Contain("phones").And.Not.Contain("hunter2"), target);
    }

    [Test]
    public async Task Items_to_be_read_after_a_write_are_kept_and_shown_without_values()
    {
        var job = await CreateAsync("""   "kind":"WriteItems","items":[{"name":"e164","value":"42"}],"readBack":[{"name":"e164"},{"name":"user-pwd","index":2}]   """);
        Assert.That(lab.Server.Jobs.Get(1)!.ReadBack, Is.EqualTo(new[] { new Item("e164"), new Item("user-pwd", "", 2) }));
        Assert.That(job["readBack"]!.AsArray().Select(item => $"{item!["name"]} {item["index"]}"), Is.EqualTo(new[] { "e164 ", "user-pwd 2" }));
    }

    private async Task<JsonNode> CreateAsync(string fields)
    {
        using var content = new StringContent($$"""{"mac":"001AE8000001",{{fields}}}""", Encoding.UTF8, "application/json");
        using var answer = await lab.Running.Api.PostAsync(new Uri("/api/jobs", UriKind.Relative), content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), text);
        return JsonNode.Parse(text)!;
    }
}
