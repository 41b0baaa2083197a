using System.Globalization;
using Microsoft.Playwright;
using NUnit.Framework;
using OpenStage.Server.Jobs;
using OpenStage.Simulator;

namespace OpenStage.Browser.Tests.Admin;

/// <summary>A campaign over a thousand emulated phones that are in calls a third of the time, as its page shows it.</summary>
[TestFixture]
public sealed class BusyPhonesTests : AdminPageTests
{
    private const int Phones = 1000;

    /// <summary>Seconds of a phone's round: a call of one minute, then two minutes without.</summary>
    private const int Round = 180;
    private const int Call = 60;
    private const int Step = 10;

    /// <summary>Some ask to be called again, some call by themselves (WPI guide p.46, p.50).</summary>
    private static readonly string?[] Firmwares = [null, "V2 R2.40.0"];

    private readonly List<SimulatedPhone> phones = [];
    private int seconds;

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var phone in phones)
            await phone.DisposeAsync();
        phones.Clear();
    }

    private protected override async Task PrepareAsync()
    {
        for (var number = 1; number <= Phones; number++)
        {
            phones.Add(await SimulatedPhone.StartAsync(new PhoneOptions
            {
                Server = Lab.Server.PhoneUrl,
                Model = "OpenStage 40",
                Firmware = Firmwares[number % Firmwares.Length],
                Mac = string.Create(CultureInfo.InvariantCulture, $"00:1A:E8:30:{number / 256:X2}:{number % 256:X2}"),
                Address = "127.0.0.1",
                ContactMePort = 0,
            }, Lab.Clock, null, null));
        }

        // All at once is more than the server takes: those told of overload try again after a while.
        for (var minute = 0; minute < 20 && Lab.Server.Devices.List().Count(device => device.ItemsRead is not null) < Phones; minute++)
            await PassAsync(TimeSpan.FromMinutes(1));
        Assert.That(Lab.Server.Devices.List().Count(device => device.ItemsRead is not null), Is.EqualTo(Phones));
    }

    [Test]
    public async Task A_campaign_ends_with_all_done_and_its_page_shows_progress_all_along()
    {
        await GoAsync("/campaigns/new");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("New clock");
        await Page.GetByLabel("Items").FillAsync("sntp-addr = ntp9.example.net");
        await Page.Locator("[name=rate]").FillAsync("300");
        // Room for those that are waited for until their call ends.
        await Page.Locator("[name=atOnce]").FillAsync("400");
        await Button("Create draft").ClickAsync();
        await ArriveAsync("/campaigns/1");
        await ToggleCallsAsync(all: true);
        await Button("Start").ClickAsync();
        await LiveAsync();

        var shown = new List<int>();
        while (shown.Count == 0 || shown[^1] < Phones)
        {
            Assert.That(seconds, Is.LessThan(3600), $"after an hour {Done()} are done");
            var done = await StepAsync();
            await Assertions.Expect(Page.Locator("#progress")).ToContainTextAsync($"{done} of {Phones} phones");
            Assert.That(await Page.Locator("#progress progress").EvaluateAsync<int>("bar => bar.value"), Is.EqualTo(done));
            shown.Add(done);
            if (shown.Count == 12)
                await PhotographAsync("-half");
        }

        var jobs = Lab.Server.Jobs.List();
        var busy = jobs.Count(job => job.History.Any(line => line.Text.Contains("busy", StringComparison.Ordinal)));
        TestContext.Progress.WriteLine($"{jobs.Count} jobs, {jobs.Count(job => job.State == JobState.Succeeded)} succeeded, {busy} were answered busy at first; shown: {string.Join(' ', shown)}");
        Assert.That(jobs.Select(job => job.State), Is.All.EqualTo(JobState.Succeeded));
        Assert.That(jobs, Has.Count.EqualTo(Phones));
        Assert.That(busy, Is.InRange(Phones / 4, Phones / 2));
        Assert.That(shown, Is.Ordered);
        Assert.That(shown.Distinct().Count(), Is.GreaterThan(15));
        await Assertions.Expect(Page.Locator("#campaign-head .badge")).ToHaveTextAsync("done");
        foreach (var phone in phones)
            Assert.That((await phone.GetItemsAsync()).Single(item => item.Name == "sntp-addr").Value, Is.EqualTo("ntp9.example.net"), phone.Mac);
    }

    /// <summary>Lets ten seconds go by, in which calls begin and end.</summary>
    /// <returns>Phones that are done.</returns>
    private async Task<int> StepAsync()
    {
        seconds += Step;
        await ToggleCallsAsync(all: false);
        // Second by second, as the campaign releases phones.
        for (var second = 0; second < Step; second++)
            await PassAsync(TimeSpan.FromSeconds(1));
        while (true)
        {
            var done = Done();
            // Changes are told a quarter of a second after they happened, in which more may happen.
            await PassAsync(TimeSpan.FromMilliseconds(250));
            if (Done() == done)
                return done;
        }
    }

    private int Done() => Lab.Server.Jobs.List().Count(job => job.State.IsFinal());

    private async Task ToggleCallsAsync(bool all)
    {
        for (var number = 0; number < Phones; number++)
        {
            var before = IsInCall(number, seconds - Step);
            var now = IsInCall(number, seconds);
            if (now && (all || !before))
                await phones[number].StartCallAsync();
            else if (!now && before && !all)
                await phones[number].EndCallAsync();
        }
    }

    private static bool IsInCall(int number, int second) => (second + (number * 7)) % Round < Call;

    private async Task PassAsync(TimeSpan span)
    {
        await RestAsync();
        Lab.Clock.Advance(span);
        await RestAsync();
    }

    /// <summary>Waits until neither the server nor a phone has anything to do at the present time.</summary>
    private async Task RestAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var isBusy = true; isBusy;)
        {
            isBusy = false;
            foreach (var work in phones.Select(phone => phone.WhenIdleAsync(patience.Token)).Append(Lab.Server.WhenIdleAsync(patience.Token)))
            {
                isBusy |= !work.IsCompleted;
                await work;
            }
        }
    }
}
