using NUnit.Framework;

namespace OpenStage.Server.Tests.Phones;

/// <summary>Phones with rps at the redirect service.</summary>
public sealed class RedirectTests
{
    private const string Path = "/redirects/v1/00:1A:E8:00:00:01";

    private RedirectStandIn service = null!;
    private PhonesLab lab = null!;
    private string user = "";

    [SetUp]
    public async Task Start()
    {
        service = await RedirectStandIn.StartAsync();
        lab = await PhonesLab.StartAsync(options => options with { RedirectService = service.Url, RedirectToken = "t0ken", AdvertisedAddress = "10.1.2.3" });
        user = await lab.UserAsync();
    }

    [TearDown]
    public async Task End()
    {
        service.Hold?.TrySetResult();
        await lab.DisposeAsync();
        await service.DisposeAsync();
    }

    [Test]
    public async Task A_phone_is_registered_with_its_address_and_serial_number()
    {
        var id = await lab.PhoneAsync(user, more: """, "rps": true, "serial_number": "A-17" """);
        await IdleAsync();
        Assert.That(await StatusAsync(id), Is.EqualTo("REGISTERED"));
        Assert.That(service.Asked, Is.EqualTo(new[] { Put("\"A-17\"") }));
    }

    [Test]
    public async Task A_phone_without_rps_is_not_registered()
    {
        var id = await lab.PhoneAsync(user, more: """, "rps": false """);
        await IdleAsync();
        Assert.That(await StatusAsync(id), Is.EqualTo("NONE"));
        Assert.That(service.Asked, Is.Empty);
    }

    [Test]
    public async Task A_change_is_told_when_it_concerns_the_redirect_and_only_then()
    {
        var id = await lab.PhoneAsync(user, more: """, "rps": true""");
        await IdleAsync();
        await lab.PostAsync($"/api/users/{user}/phones/{id}", """{"language": "GERMAN"}""");
        await lab.PostAsync("/api/phones/reprovision");
        await IdleAsync();
        Assert.That(service.Asked, Has.Count.EqualTo(1));
        await lab.PostAsync($"/api/users/{user}/phones/{id}", """{"serial_number": "B-18"}""");
        await IdleAsync();
        Assert.That(service.Asked, Is.EqualTo(new[] { Put("null"), Put("\"B-18\"") }));
    }

    [TestCase("{\"rps\": false}", "")]
    [TestCase("", "/destroy")]
    public async Task A_registration_is_taken_back_with_rps_and_with_the_phone(string body, string action)
    {
        var id = await lab.PhoneAsync(user, more: """, "rps": true""");
        await IdleAsync();
        await lab.PostAsync($"/api/users/{user}/phones/{id}{action}", body);
        await IdleAsync();
        Assert.That(service.Asked, Is.EqualTo(new[] { Put("null"), $"DELETE {Path} Bearer t0ken " }));
        if (action.Length == 0)
            Assert.That(await StatusAsync(id), Is.EqualTo("NONE"));
        await lab.Running.PassAsync(TimeSpan.FromHours(1));
        Assert.That(service.Asked, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_service_that_does_not_know_the_phone_has_nothing_to_take_back()
    {
        var id = await lab.PhoneAsync(user, more: """, "rps": true""");
        await IdleAsync();
        service.Status = 404;
        await lab.PostAsync($"/api/users/{user}/phones/{id}", """{"rps": false}""");
        await IdleAsync();
        Assert.That(await StatusAsync(id), Is.EqualTo("NONE"));
    }

    [TestCase(500)]
    [TestCase(401)]
    [TestCase(404)]
    public async Task A_failing_service_is_asked_again_after_1_5_and_15_minutes_and_then_no_more(int status)
    {
        service.Status = status;
        var id = await lab.PhoneAsync(user, more: """, "rps": true""");
        await IdleAsync();
        foreach (var (minutes, asked) in new[] { (0, 1), (1, 2), (4, 2), (1, 3), (14, 3) })
        {
            await lab.Running.PassAsync(TimeSpan.FromMinutes(minutes));
            Assert.That(service.Asked, Has.Count.EqualTo(asked));
            Assert.That(await StatusAsync(id), Is.EqualTo("PENDING"));
        }

        await lab.Running.PassAsync(TimeSpan.FromMinutes(1));
        Assert.That(service.Asked, Has.Count.EqualTo(4));
        Assert.That(await StatusAsync(id), Is.EqualTo("FAILED"));
        await lab.Running.PassAsync(TimeSpan.FromDays(2));
        Assert.That(service.Asked, Has.Count.EqualTo(4));

        service.Status = 204;
        await lab.PostAsync($"/api/phones/{PhoneTalk.Mac}/reprovision");
        await IdleAsync();
        Assert.That(await StatusAsync(id), Is.EqualTo("REGISTERED"));
    }

    [Test]
    public async Task A_service_that_is_well_again_is_told_at_the_next_try()
    {
        service.Status = 503;
        var id = await lab.PhoneAsync(user, more: """, "rps": true""");
        await IdleAsync();
        service.Status = 200;
        await lab.Running.PassAsync(TimeSpan.FromMinutes(1));
        Assert.That(await StatusAsync(id), Is.EqualTo("REGISTERED"));
    }

    [Test]
    public async Task What_is_pending_goes_on_after_a_restart_of_the_server()
    {
        service.Status = 503;
        var id = await lab.PhoneAsync(user, more: """, "rps": true""");
        await IdleAsync();
        service.Status = 200;
        lab.Running.Clock.Advance(TimeSpan.FromSeconds(59));
        await lab.Running.RestartAsync(options => options with { RedirectService = service.Url });
        await IdleAsync();
        Assert.That(service.Asked, Has.Count.EqualTo(1), "not before its time");
        await lab.Running.PassAsync(TimeSpan.FromSeconds(1));
        Assert.That(await StatusAsync(id), Is.EqualTo("REGISTERED"));
    }

    [Test]
    public async Task A_service_that_is_not_there_keeps_nobody_waiting()
    {
        await service.DisposeAsync();
        var id = await lab.PhoneAsync(user, more: """, "rps": true""");
        await IdleAsync();
        Assert.That(await StatusAsync(id), Is.EqualTo("PENDING"));
    }

    [Test]
    public async Task A_slow_service_keeps_nobody_waiting_and_the_last_change_wins()
    {
        service.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = await lab.PhoneAsync(user, more: """, "rps": true""");
        Assert.That(await StatusAsync(id), Is.EqualTo("PENDING"));
        Assert.That(RawHttp.Status(await lab.PostAsync($"/api/users/{user}/phones/{id}", """{"rps": false}""")), Is.EqualTo(200));
        service.Hold.SetResult();
        await IdleAsync();
        Assert.That(await StatusAsync(id), Is.EqualTo("NONE"));
        Assert.That(service.Asked[^1], Does.StartWith("DELETE"));
    }

    [Test]
    public async Task A_redirecting_answer_is_not_followed()
    {
        await using var elsewhere = await RedirectStandIn.StartAsync();
        service.Status = 307;
        service.Location = new Uri(elsewhere.Url, "/elsewhere");
        var id = await lab.PhoneAsync(user, more: """, "rps": true""");
        await IdleAsync();
        Assert.That(await StatusAsync(id), Is.EqualTo("PENDING"));
        Assert.That(elsewhere.Asked, Is.Empty);
    }

    [Test]
    public async Task Without_a_service_rps_is_refused_by_the_name_of_the_setting()
    {
        await using var other = await PhonesLab.StartAsync();
        var ann = await other.UserAsync();
        PhonesLab.AssertRefused(await other.PostAsync($"/api/users/{ann}/phones", PhonesLab.Body(more: """, "rps": true""")), 400, "rps", "true", "RedirectService");
        Assert.That((await other.JsonAsync($"/api/users/{ann}/phones"))["items"]!.AsArray(), Is.Empty);
    }

    [TestCase("ftp://10.1.2.3/")]
    [TestCase("https://user:pw@10.1.2.3/")]
    [TestCase("https://10.1.2.3/?a=b")]
    [TestCase("/redirects")]
    public void A_service_address_that_is_none_is_refused_at_the_start(string address) => Assert.That(
        () => RunningServer.StartAsync(options => options with { RedirectService = new Uri(address, UriKind.RelativeOrAbsolute) }),
        Throws.InstanceOf<ArgumentException>().With.Message.StartsWith("RedirectService").And.Message.Contains("http or https").And.Message.Not.Contains("pw@"));

    private string Put(string serial) =>
        $$"""PUT {{Path}} Bearer t0ken {"mac":"00:1A:E8:00:00:01","url":"https://10.1.2.3:{{lab.Server.PhoneUrl.Port}}/DeploymentService/LoginService","serial_number":{{serial}}}""";

    private Task IdleAsync() => lab.Server.WhenIdleAsync(RunningServer.Patience());

    private async Task<string> StatusAsync(string id) =>
        (await lab.JsonAsync($"/api/users/{user}/phones/{id}"))["rps_status"]!.GetValue<string>();
}
