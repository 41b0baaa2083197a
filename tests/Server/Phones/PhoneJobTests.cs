using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Phones;

/// <summary>What of a phone's settings reaches it, told by the phone's own messages.</summary>
public sealed class PhoneJobTests
{
    private PhonesLab lab = null!;
    private TestPhone phone = null!;
    private string user = "";

    [SetUp]
    public async Task Start()
    {
        lab = await PhonesLab.StartAsync();
        user = await lab.UserAsync(more: """, "extension_password": "sip-s3cret" """);
        phone = new TestPhone(lab.Server.PhoneUrl);
    }

    [TearDown]
    public async Task End()
    {
        phone.Dispose();
        await lab.DisposeAsync();
    }

    [Test]
    public async Task A_phone_that_was_entered_before_it_ever_called_gets_all_at_its_first_start()
    {
        await lab.PhoneAsync(user);
        Assert.That((await phone.StartUpAsync(true)).Action, Is.EqualTo(ServerAction.ReadAllItems));
        var write = await phone.ReplyAsync("ReadAllItems", items: """<Item name="language-iso">de</Item>""");
        Assert.That(write.Action, Is.EqualTo(ServerAction.WriteItems));
        Assert.That(write.Value("language-iso"), Is.EqualTo("en"));
        Assert.That(write.Value("admin-pwd"), Is.EqualTo("s3cret-web"));
        Assert.That(write.Value("sip-pwd"), Is.EqualTo("sip-s3cret"));
        Assert.That((await phone.ReplyAsync("WriteItems")).Action, Is.EqualTo(ServerAction.CleanUp));
        Assert.That(lab.Jobs().Single().State, Is.EqualTo(JobState.Succeeded));
    }

    [Test]
    public async Task A_known_phone_gets_only_what_differs()
    {
        await phone.RegisterAsync("""
            <Item name="language-iso">en</Item><Item name="sntp-tz-offset">60</Item><Item name="auto-daylight-save">True</Item>
            <Item name="codec-rank" index="2">3</Item><Item name="codec-type" index="2">1</Item><Item name="e164">498912345</Item>
            """);
        await lab.PhoneAsync(user);
        var items = PhonesLab.Items(lab.Jobs().Single());
        Assert.That(items, Has.None.StartsWith("language-iso").And.None.StartsWith("sntp-tz-offset").And.None.StartsWith("auto-daylight-save")
            .And.None.StartsWith("codec-type[2]"));
        Assert.That(items, Is.SupersetOf(new[] { "e164=1001", "codec-rank[2]=1", "codec-rank[1]=2", "daylight-save-zone-id=9" }));
    }

    [Test]
    public async Task What_the_phone_has_taken_is_not_written_again_but_what_it_lost_is()
    {
        var id = await ProvisionedAsync();
        await lab.PostAsync($"/api/phones/{PhoneTalk.Mac}/reprovision");
        await lab.PostAsync($"/api/users/{user}/phones/{id}", """{"powerled": "never"}""");
        Assert.That(lab.Jobs(), Has.Count.EqualTo(1));

        // Somebody changes the language at the phone; the secrets are never told by it.
        await phone.StartUpAsync(true);
        await phone.ReplyAsync("ReadAllItems", items: Told(lab.Jobs()[0], "fr"));
        Assert.That(lab.Jobs(), Has.Count.EqualTo(1));
        await lab.PostAsync($"/api/phones/{PhoneTalk.Mac}/reprovision");
        Assert.That(PhonesLab.Items(lab.Jobs()[1]), Is.EqualTo(new[] { "language-iso=en" }));
    }

    [Test]
    public async Task A_secret_that_the_phone_refused_is_written_again()
    {
        await lab.PhoneAsync(user);
        await phone.StartUpAsync(true);
        await phone.ReplyAsync("ReadAllItems");
        await phone.ReplyAsync("WriteItems", items: """<Item name="admin-pwd" status="failed"></Item>""");
        Assert.That(lab.Jobs()[0].State, Is.EqualTo(JobState.PartlyFailed));
        await lab.PostAsync($"/api/phones/{PhoneTalk.Mac}/reprovision");
        Assert.That(PhonesLab.Items(lab.Jobs()[1]), Is.EqualTo(new[] { "admin-pwd=s3cret-web" }));
    }

    [Test]
    public async Task A_change_that_is_taken_back_before_the_phone_had_it_is_written_once_more()
    {
        var id = await ProvisionedAsync();
        await lab.PostAsync($"/api/users/{user}/phones/{id}", """{"language": "GERMAN"}""");
        await lab.PostAsync($"/api/users/{user}/phones/{id}", """{"language": "ENGLISH"}""");
        Assert.That(PhonesLab.Items(lab.Jobs()[1]), Is.EqualTo(new[] { "language-iso=de" }));
        Assert.That(PhonesLab.Items(lab.Jobs()[2]), Is.EqualTo(new[] { "language-iso=en" }), "else the phone would end with the first change");
        await lab.PostAsync($"/api/users/{user}/phones/{id}", """{"language": "ENGLISH"}""");
        Assert.That(lab.Jobs(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_new_password_is_written_and_another_of_the_user_too()
    {
        var id = await ProvisionedAsync();
        await lab.PostAsync($"/api/users/{user}/phones/{id}", """{"password": "new-web-1"}""");
        Assert.That(PhonesLab.Items(lab.Jobs()[1]), Is.EqualTo(new[] { "admin-pwd=new-web-1" }));
        var answer = await lab.PostAsync($"/api/users/{user}", """{"extension_password": "sip-2", "extension_number": "1002"}""");
        Assert.That(RawHttp.Status(answer), Is.EqualTo(200));
        Assert.That(PhonesLab.Items(lab.Jobs()[2]), Is.EqualTo(new[] { "e164=1002", "sip-user-id=1002", "sip-pwd=sip-2" }));
    }

    [Test]
    public async Task A_phone_without_its_user_forgets_who_that_was()
    {
        var id = await ProvisionedAsync();
        await lab.PostAsync($"/api/users/{user}/phones/{id}/destroy");
        var clear = await phone.SolicitedAsync();
        Assert.That(clear.Action, Is.EqualTo(ServerAction.WriteItems));
        Assert.That(clear.Items!.Select(item => $"{item.Name}={item.Value}"), Is.EqualTo(new[] { "e164=NULL", "sip-user-id=", "sip-pwd=", "display-id-unicode=" }));
    }

    [Test]
    public async Task Secrets_of_phones_and_users_are_masked_in_jobs_items_and_transcripts()
    {
        await ProvisionedAsync();
        foreach (var target in new[] { "/api/jobs", "/api/jobs/1", $"/api/devices/{PhoneTalk.Mac}/items", "/api/transcripts" })
        {
            var text = RawHttp.Body(await lab.GetAsync(target));
            Assert.That(text, Does.Not.Contain("s3cret"), target);
            Assert.That(text, Does.Contain("admin-pwd"), target);
        }
    }

    private async Task<string> ProvisionedAsync()
    {
        var id = await lab.PhoneAsync(user);
        await phone.StartUpAsync(true);
        await phone.ReplyAsync("ReadAllItems", items: """<Item name="dls-contact-interval">0</Item>""");
        await phone.ReplyAsync("WriteItems");
        Assert.That(lab.Jobs().Single().State, Is.EqualTo(JobState.Succeeded));
        return id;
    }

    /// <summary>All items of a job but secrets, as the phone tells them, with another language.</summary>
    private static string Told(Job job, string language) => string.Concat(job.Items.Where(item => !item.Name.EndsWith("-pwd", StringComparison.Ordinal)).Select(item =>
        $"""<Item name="{item.Name}"{(item.Index is { } index ? $" index=\"{index}\"" : "")}>{(item.Name == "language-iso" ? language : item.Value)}</Item>"""));
}
