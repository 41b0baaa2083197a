using System.Net;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;
using OpenStage.Server.Tests.Files;

namespace OpenStage.Server.Tests.Deployment;

/// <summary>A deployment from the library to its end, with a phone played by raw HTTP (WPI guide p.52-57).</summary>
public sealed class OwnFileAreaTests
{
    private FileLab lab = null!;
    private TestPhone phone = null!;

    [SetUp]
    public async Task Start()
    {
        lab = await FileLab.StartAsync();
        phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.RegisterAsync();
    }

    [TearDown]
    public async Task End()
    {
        phone.Dispose();
        await lab.DisposeAsync();
    }

    [Test]
    public async Task A_phone_fetches_a_file_reports_and_the_address_is_dead()
    {
        var content = FileBytes.Of(1_500_000);
        var job = await lab.DeployAsync(await lab.AddAsync(content));
        var answer = await phone.SolicitedAsync();
        Assert.That(answer.Action, Is.EqualTo(ServerAction.FileDeployment));
        var url = new Uri(answer.Value("file-https-base-url")!);
        Assert.That(url.GetLeftPart(UriPartial.Authority), Is.EqualTo(lab.Server.PhoneUrl.GetLeftPart(UriPartial.Authority)));
        Assert.That(url.AbsolutePath, Does.EndWith("/logo.png"));
        Assert.That((await GetAsync(url)).Body, Is.EqualTo(content));

        await phone.SendAsync(phone.Initiating("status", false).Replace("</ItemList>", """
            <Item name="file-deployment-name">logo.png</Item><Item name="file-deployment-type">LOGO</Item>
            <Item name="file-deployment-status">ok</Item></ItemList>
            """, StringComparison.Ordinal));
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Succeeded));
        Assert.That((await GetAsync(url)).Status, Is.EqualTo(404));
        Assert.That(await lab.Running.Api.GetStringAsync(new Uri("/api/transcripts", UriKind.Relative)),
            Does.Contain("file-https-base-url").And.Not.Contain(url.Segments[4].TrimEnd('/')));
    }

    [Test]
    public async Task A_phone_fetches_its_firmware_and_starts_with_it()
    {
        var content = FileBytes.Of(1_500_000);
        var file = await lab.AddAsync(content, "OS40.img", "APP", "V3 R5.12.0", "OpenStage 40");
        var job = await lab.Server.Jobs.CreateAsync(new JobRequest
        {
            Mac = PhoneTalk.Mac,
            Kind = JobKind.SoftwareDeployment,
            Files = [new() { Name = file.Name, Type = file.Type, File = file.Id }],
            Software = new(file.Version, file.SoftwareType, false),
        });
        var url = new Uri((await phone.SolicitedAsync()).Value("file-https-base-url")!);
        Assert.That((await GetAsync(url)).Body, Is.EqualTo(content));
        using var started = new TestPhone(lab.Server.PhoneUrl) { Firmware = "V3 R5.12.0" };
        await started.StartUpAsync();
        Assert.That(lab.Server.Jobs.Get(job.Id)!.State, Is.EqualTo(JobState.Succeeded));
        Assert.That((await GetAsync(url)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task The_advertised_host_stands_in_the_address()
    {
        await using var other = await FileLab.StartAsync(options => options with { AdvertisedAddress = "prov.example.net", ListenAddress = IPAddress.Loopback });
        using var caller = new TestPhone(other.Server.PhoneUrl);
        await caller.RegisterAsync();
        await other.DeployAsync(await other.AddAsync([1]));
        var url = new Uri((await caller.SolicitedAsync()).Value("file-https-base-url")!);
        Assert.That(url.Host, Is.EqualTo("prov.example.net"));
        Assert.That(url.Port, Is.EqualTo(other.Server.PhoneUrl.Port));
    }

    private Task<RawTls.Answer> GetAsync(Uri url) => RawTls.SendAsync(lab.Server.PhoneUrl, "GET", url.AbsolutePath);
}
