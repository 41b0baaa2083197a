using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Admin;

/// <summary>Passwords, PINs, cookies and private keys leave the administration as stars only.</summary>
public sealed class AdminSecretTests
{
    private const string Key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\n-----END PRIVATE KEY-----";

    private static readonly string[] Secrets = ["hunter2", "4711", "MIIEvQIBADANBgkqhkiG9w0BAQ", "UEtDUzEy"];

    [Test]
    public async Task Items_jobs_and_transcripts_show_no_secret_and_no_whole_cookie()
    {
        await using var lab = await RunningServer.StartAsync();
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.RegisterAsync($"""
            <Item name="dls-contact-interval">0</Item><Item name="user-pwd">hunter2</Item><Item name="bt-pin">4711</Item>
            <Item name="some-blob">{Key}</Item><Item name="dhcp">true</Item>
            """);
        await lab.Server.Jobs.CreateAsync(new JobRequest
        {
            Mac = PhoneTalk.Mac,
            Kind = JobKind.WriteItems,
            Items = [new Item("admin-pwd", "hunter2"), new Item("dls-client-certificate", "UEtDUzEy"), new Item("some-blob", Key), new Item("dhcp", "true")],
        });
        Assert.That((await phone.SolicitedAsync()).Value("admin-pwd"), Is.EqualTo("hunter2"), "the phone itself needs it");
        await phone.ReplyAsync("WriteItems", "accepted", """<Item name="admin-pwd" status="read only">hunter2</Item>""");
        await lab.Server.Jobs.CreateAsync(new JobRequest { Mac = PhoneTalk.Mac, Kind = JobKind.ReadItems, Items = [new Item("user-pwd")] });
        await phone.SolicitedAsync();
        await phone.ReplyAsync("ReadItems", "accepted", """<Item name="user-pwd">hunter2</Item>""");
        Assert.That(lab.Server.Jobs.Get(2)!.Results.Single().Value, Is.EqualTo("hunter2"), "it was read");

        foreach (var target in new[] { $"/api/devices/{PhoneTalk.Mac}/items", "/api/devices", "/api/jobs", "/api/jobs/1", "/api/jobs/2/wait", "/api/transcripts" })
        {
            var text = RawHttp.Body(await RawHttp.GetAsync(lab.Server.AdminUrl, target));
            foreach (var secret in Secrets)
                Assert.That(text, Does.Not.Contain(secret), target);
            Assert.That(text, Does.Not.Contain(phone.Cookie!.Split('=')[1]), target);
        }

        Assert.That(await lab.Server.Devices.ItemsAsync(PhoneTalk.Mac), Has.One.Property("Name").EqualTo("bt-pin").And.One.Property("Value").EqualTo("4711"));
        var items = RawHttp.Json(await RawHttp.GetAsync(lab.Server.AdminUrl, $"/api/devices/{PhoneTalk.Mac}/items")).AsArray();
        Assert.That(items.Single(item => item!["name"]!.GetValue<string>() == "bt-pin")!["value"]!.GetValue<string>(), Is.EqualTo("***"));
        Assert.That(items.Single(item => item!["name"]!.GetValue<string>() == "dhcp")!["value"]!.GetValue<string>(), Is.EqualTo("true"));
        var transcripts = RawHttp.Json(await RawHttp.GetAsync(lab.Server.AdminUrl, "/api/transcripts")).ToJsonString();
        Assert.That(transcripts, Does.Contain("JSESSIONID="));
    }
}
