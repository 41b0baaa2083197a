using System.Net;
using System.Text.RegularExpressions;
using NUnit.Framework;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Pages;

/// <summary>What the pages of one phone do besides jobs: Secure Mode, polling, refusal; and address scans.</summary>
public sealed class PhoneControlPageTests
{
    private const string Phone = $"/phones/{PhoneTalk.Mac}";

    private RunningServer lab = null!;
    private HttpClient browser = null!;

    [TearDown]
    public async Task End()
    {
        browser.Dispose();
        await lab.DisposeAsync();
    }

    [Test]
    public async Task A_PIN_that_the_server_makes_up_is_shown_once_and_the_phone_is_released_again()
    {
        await StartAsync(options => options with { SecurePort = 0 });
        var shown = await SendAsync($"{Phone}/secure-mode", $"{Phone}/secure-mode", HttpStatusCode.OK);
        var pin = Regex.Match(shown, "never again: <code>(?<pin>[0-9]{12})</code>", RegexOptions.ExplicitCapture).Groups["pin"].Value;
        Assert.That(pin, Has.Length.EqualTo(12));
        Assert.That(lab.Server.Jobs.Get(1)!.Kind, Is.EqualTo(JobKind.SecureMode));
        Assert.That(await ReadAsync($"{Phone}/secure-mode"), Does.Not.Contain(pin).And.Contain("issued"));
        Assert.That(await ReadAsync("/audit"), Does.Not.Contain(pin).And.Contain("Secure Mode, PIN made"));
        Assert.That(await SendAsync($"{Phone}/secure-mode", $"{Phone}/secure-mode/release", HttpStatusCode.OK), Does.Contain("Certificates revoked: 1."));
        Assert.That(lab.Server.Jobs.Get(1)!.State, Is.EqualTo(JobState.Cancelled));
    }

    [Test]
    public async Task A_PIN_of_ones_own_needs_to_be_chosen_and_is_not_shown()
    {
        await StartAsync(options => options);
        var refused = await SendAsync($"{Phone}/secure-mode", $"{Phone}/secure-mode", HttpStatusCode.BadRequest, ("pin", "made"), ("pinValue", "secret-4717"));
        Assert.That(refused, Does.Match("id=\"field-pinValue-error\"[^>]*>[^<]*no PIN of your own was chosen").And.Not.Contain("secret-4717"));
        Assert.That(lab.Server.Jobs.List(), Is.Empty);
    }

    [Test]
    public async Task A_phone_is_told_to_poll_and_to_poll_no_more()
    {
        await StartAsync(options => options with { PollPort = 0 });
        await SendAsync($"{Phone}/polling", $"{Phone}/polling", HttpStatusCode.Found, ("intervalSeconds", "30"));
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac)!.Polling!.IntervalSeconds, Is.EqualTo(30));
        Assert.That(lab.Server.Jobs.Get(1)!.Items.Select(item => item.Name), Is.EqualTo(new[] { "dcmp-url", "dcmp-interval" }));
        Assert.That(await ReadAsync($"{Phone}/polling"), Does.Contain("The phone polls"));
        await SendAsync($"{Phone}/polling", $"{Phone}/polling/end", HttpStatusCode.Found);
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac)!.Polling, Is.Null);
    }

    [Test]
    public async Task A_phone_that_nobody_has_is_refused_on_its_page()
    {
        await StartAsync(options => options);
        await SendAsync(Phone, $"{Phone}/reject", HttpStatusCode.Found);
        Assert.That(lab.Server.Devices.Get(PhoneTalk.Mac)!.Rejected);
        Assert.That(await ReadAsync(Phone), Does.Contain("the phone is refused").And.Not.Contain($"{Phone}/reject"));
    }

    [Test]
    public async Task A_scan_is_started_followed_and_stopped()
    {
        await StartAsync(options => options);
        await SendAsync("/scans", "/scans", HttpStatusCode.Found, ("from", "127.0.0.1"), ("to", "127.0.0.9"), ("port", "1"));
        Assert.That(await ReadAsync("/scans/1"), Does.Contain("of 9 asked").And.Contain("data-every=\"3\""));
        await SendAsync("/scans/1", "/scans/1/stop", HttpStatusCode.Found);
        Assert.That(await ReadAsync("/scans/1"), Does.Contain("stopped").And.Not.Contain("data-every"));
    }

    private async Task StartAsync(Func<ServerOptions, ServerOptions> change)
    {
        lab = await RunningServer.StartAsync(change);
        browser = PageWorld.NewBrowser(lab, lab.Server.Access.Grants.IssueSession(lab.Server.Access.Accounts.Get("lab")!));
        using var phone = new TestPhone(lab.Server.PhoneUrl);
        await phone.StartUpAsync();
    }

    private Task<string> ReadAsync(string path) => browser.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>Fills in a form of a page and sends it.</summary>
    private async Task<string> SendAsync(string page, string action, HttpStatusCode expected, params (string Name, string Value)[] typed)
    {
        var form = PageForm.All(page, await ReadAsync(page)).Single(form => form.Action == action);
        var values = form.Filled(new Dictionary<string, string>()).ToDictionary();
        foreach (var (name, value) in typed)
            values[name] = value;
        using var request = form.Request(values.Select(value => (value.Key, value.Value)));
        using var answer = await browser.SendAsync(request);
        var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.That(answer.StatusCode, Is.EqualTo(expected), text);
        return text;
    }
}
