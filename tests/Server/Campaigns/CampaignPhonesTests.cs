using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Tests.Campaigns;

/// <summary>A campaign over phones that talk, created and watched by the API alone.</summary>
public sealed class CampaignPhonesTests
{
    [Test]
    public async Task Phones_get_the_items_one_after_the_other_and_the_progress_shows_it()
    {
        await using var lab = await RunningServer.StartAsync();
        using var listener = new ContactListener();
        var phones = Enumerable.Range(1, 3).Select(number =>
            new TestPhone(lab.Server.PhoneUrl, CampaignLab.Mac(number)) { ContactMeUri = listener.Uri }).ToList();
        foreach (var phone in phones)
            await phone.RegisterAsync();

        var created = await lab.Api.PostAsJsonAsync("/api/campaigns", new
        {
            name = "Time server",
            content = new { kind = "WriteItems", items = new[] { new { name = "sntp-addr", value = "ntp.example.net" } } },
            filter = new { macTo = CampaignLab.Mac(2) },
            atOnce = 1,
        });
        var draft = (await created.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.That(draft["state"]!.GetValue<string>(), Is.EqualTo("Draft"));
        var started = await lab.Api.PostAsJsonAsync($"{created.Headers.Location}/start", new { });
        Assert.That(started.IsSuccessStatusCode, Is.True);

        for (var number = 0; number < 2; number++)
        {
            await listener.NextAsync();
            await lab.Server.WhenIdleAsync(RunningServer.Patience());
            var written = await phones[number].SolicitedAsync();
            Assert.That(written.Action, Is.EqualTo(ServerAction.WriteItems));
            Assert.That(written.Items!.Single().Value, Is.EqualTo("ntp.example.net"));
            await phones[number].ReplyAsync("WriteItems");
            await lab.Server.WhenIdleAsync(RunningServer.Patience());
            var progress = (await lab.Api.GetFromJsonAsync<JsonNode>("/api/campaigns/1"))!["progress"]!;
            Assert.That(progress["percent"]!.GetValue<double>(), Is.EqualTo(50.0 * (number + 1)));
        }

        Assert.That((await lab.Api.GetFromJsonAsync<JsonNode>("/api/campaigns/1"))!["state"]!.GetValue<string>(), Is.EqualTo("Done"));
        Assert.That((await phones[2].SolicitedAsync()).Action, Is.EqualTo(ServerAction.CleanUp));
        phones.ForEach(phone => phone.Dispose());
    }
}
