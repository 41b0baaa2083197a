using Microsoft.Playwright;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Server.Jobs;

namespace OpenStage.Browser.Tests.Admin;

[TestFixture]
public sealed class PhonePageTests : AdminPageTests
{
    private const string Known = $"/phones/{AdminLab.Known}";

    [Test]
    public async Task Items_are_found_by_search_and_by_group_and_secrets_are_not_shown()
    {
        await GoAsync($"{Known}/items");
        await Page.GetByLabel("Search").FillAsync("sntp");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Rows).ToHaveCountAsync(1);
        await Assertions.Expect(Rows.First).ToContainTextAsync("ntp2.example.net");
        await Link("Clear").ClickAsync();
        await Page.GetByLabel("Group").SelectOptionAsync("identity");
        await ArriveAsync($"{Known}/items?group=identity");
        await Assertions.Expect(Rows.Filter(new() { HasText = "mac-addr" })).ToHaveCountAsync(1);

        await GoAsync($"{Known}/items?q=user-pwd");
        await Assertions.Expect(Rows.First.Locator(".value")).ToHaveTextAsync("***");
        // Nor can a secret be guessed by a search for it.
        await GoAsync($"{Known}/items?q=4712");
        await Assertions.Expect(Page.Locator("#items")).ToContainTextAsync("No item matches");
        foreach (var page in new[] { "", "/items", "/changes", "/messages" })
        {
            await GoAsync(Known + page);
            Assert.That(await Page.ContentAsync(), Does.Not.Contain("secret-471"), page);
        }

        await GoAsync("/jobs/2");
        Assert.That(await Page.ContentAsync(), Does.Not.Contain("secret-471").And.Contain("***"));
    }

    [Test]
    public async Task From_an_item_one_comes_to_the_job_that_writes_it()
    {
        await GoAsync($"{Known}/items?q=sntp");
        await Link("Write sntp-addr").ClickAsync();
        await Assertions.Expect(Page.GetByLabel("What")).ToHaveValueAsync("WriteItems");
        await Assertions.Expect(Page.GetByLabel("Items")).ToHaveValueAsync("sntp-addr = ntp2.example.net");
        await Page.GetByLabel("Items").FillAsync("sntp-addr = ntp3.example.net\n\nkey-label-unicode[2] = a = b");
        await Page.GetByText("When and how urgent").ClickAsync();
        await Page.GetByLabel("Priority").FillAsync("-5");
        await Page.GetByLabel("Not before (UTC)").FillAsync("2026-01-05T22:00");
        await Page.GetByLabel("Give up after hours").FillAsync("1.5");
        await Button("Create job").ClickAsync();
        await ArriveAsync("/jobs/5");
        var job = Lab.Server.Jobs.Get(5)!;
        Assert.That(job.Items, Is.EqualTo(new[] { new Item("sntp-addr", "ntp3.example.net"), new Item("key-label-unicode", "a = b", 2) }));
        Assert.That(job.Priority, Is.EqualTo(-5));
        Assert.That(job.NotBefore, Is.EqualTo(new DateTimeOffset(2026, 1, 5, 22, 0, 0, TimeSpan.Zero)));
        Assert.That(job.Expires - job.Created, Is.EqualTo(TimeSpan.FromHours(1.5)));
    }

    [TestCase("WriteItems", "", "", "items", "1 to 10000 items for WriteItems")]
    [TestCase("WriteItems", "dhcp = 1\nnot a name = 2", "", "items", "items[1] Allowed is one item a line")]
    [TestCase("WriteItems", "dhcp[99999999999] = 1", "", "items", "one item a line")]
    [TestCase("ReadItems", "dhcp\ndhcp", "", "items", "each name and index once")]
    [TestCase("ReadAllItems", "dhcp", "", "items", "no items for ReadAllItems")]
    [TestCase("Restart", "", "200", "priority", "“200”: allowed is -100 to 100")]
    [TestCase("Restart", "", "high", "priority", "“high”: allowed is -100 to 100")]
    public async Task What_is_wrong_with_a_new_job_is_said_at_its_field_and_nothing_is_lost(string kind, string items, string priority, string field, string said)
    {
        await GoAsync(Known);
        // What is chosen hides the items where there are none.
        await Page.GetByLabel("Items").FillAsync(items);
        await Page.GetByLabel("What").SelectOptionAsync(kind);
        await Page.GetByText("When and how urgent").ClickAsync();
        await Page.GetByLabel("Priority").FillAsync(priority);
        await Button("Create job").ClickAsync();
        await Assertions.Expect(Page.Locator($"#field-{field}-error")).ToContainTextAsync(said);
        await Assertions.Expect(Page.Locator($"#field-{field}")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(Page.Locator($"#field-{field}")).ToBeFocusedAsync();
        await Assertions.Expect(Page.GetByLabel("What")).ToHaveValueAsync(kind);
        await Assertions.Expect(Page.GetByLabel("Items")).ToHaveValueAsync(items);
        Assert.That(Lab.Server.Jobs.List(), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task A_location_is_kept_and_one_that_is_too_long_is_refused()
    {
        await GoAsync(Known);
        await Page.GetByLabel("Location").FillAsync(new string('x', 101));
        await Button("Save").ClickAsync();
        await Assertions.Expect(Page.Locator("#field-location-error")).ToContainTextAsync("at most 100 characters");
        Assert.That(Lab.Server.Devices.Get(AdminLab.Known)!.Location, Is.EqualTo("Munich, 3rd floor"));
        await Page.GetByLabel("Location").FillAsync("Zürich & “Basel”");
        await Button("Save").ClickAsync();
        await ArriveAsync(Known);
        await Assertions.Expect(Page.Locator("#phone-head")).ToContainTextAsync("Zürich & “Basel”");
    }

    [Test]
    public async Task The_messages_are_shown_as_they_went_to_and_fro()
    {
        await GoAsync($"{Known}/messages");
        var latest = Page.Locator(".sequence").First;
        await Assertions.Expect(latest.Locator("li b")).ToHaveTextAsync(["solicited", "WriteItems", "reply-to WriteItems: accepted", "CleanUp"]);
        await Assertions.Expect(latest.Locator("li.to-server")).ToHaveCountAsync(2);
        await latest.Locator("summary").Nth(1).ClickAsync();
        await Assertions.Expect(latest.Locator("pre").Nth(1)).ToContainTextAsync("<Action>WriteItems</Action>");

        // A message that comes later does not close the one that is being read.
        await LiveAsync();
        await Lab.Phone.CallAsync("solicited");
        await Assertions.Expect(Page.Locator(".sequence").First.Locator("li")).ToHaveCountAsync(2);
        await Assertions.Expect(Page.Locator(".sequence").Nth(1).Locator("pre").Nth(1)).ToBeVisibleAsync();
    }

    [Test]
    public async Task What_changed_is_told_with_before_and_after_as_it_happens()
    {
        await GoAsync($"{Known}/changes");
        await LiveAsync();
        await Lab.OrderAsync(new JobRequest { Mac = AdminLab.Known, Kind = JobKind.ReadItems, Items = [new Item("display-id-unicode")] });
        await Lab.Phone.CallAsync("solicited");
        await Lab.Phone.ReplyAsync("ReadItems", "accepted", ("display-id-unicode", "Back office"));
        // Two events are a quarter of a second apart at least.
        await Lab.PassAsync(TimeSpan.FromSeconds(1));
        var row = Rows.First;
        await Assertions.Expect(row).ToContainTextAsync("display-id-unicode");
        await Assertions.Expect(row.Locator("del")).ToHaveTextAsync("Front desk");
        await Assertions.Expect(row.Locator("ins")).ToHaveTextAsync("Back office");
    }

    [Test]
    public async Task A_half_filled_form_survives_what_happens_meanwhile()
    {
        await GoAsync(Known);
        await LiveAsync();
        await Page.GetByLabel("What").SelectOptionAsync("ReadItems");
        await Page.GetByLabel("Items").FillAsync("dhc");
        await Page.GetByLabel("Location").FillAsync("Ber");
        await Lab.OrderAsync(new JobRequest { Mac = AdminLab.Known, Kind = JobKind.Contact });
        await Assertions.Expect(Page.Locator("#job-5")).ToBeVisibleAsync();
        await Assertions.Expect(Page.GetByLabel("What")).ToHaveValueAsync("ReadItems");
        await Assertions.Expect(Page.GetByLabel("Items")).ToHaveValueAsync("dhc");
        await Assertions.Expect(Page.GetByLabel("Location")).ToHaveValueAsync("Ber");
        await Assertions.Expect(Page.GetByLabel("Location")).ToBeFocusedAsync();
    }

    [Test]
    public async Task What_a_phone_sends_is_text_and_nothing_else()
    {
        foreach (var page in new[] { "", "/items", "/changes", "/messages" })
        {
            await GoAsync($"/phones/{AdminLab.Hostile}{page}");
            await Assertions.Expect(Page.Locator("main")).ToContainTextAsync("<script>window.broken=1</script>");
            Assert.That(await Page.EvaluateAsync<int>("document.querySelectorAll('main script, main img').length"), Is.Zero, page);
        }

        await Link(AdminLab.Hostile).Or(Page.Locator("#phone-tabs a").Nth(1)).First.ClickAsync();
        await Page.Locator($"a[aria-label^='Write <']").Or(Page.GetByRole(AriaRole.Link, new() { Name = $"Write {AdminLab.Markup}" })).First.ClickAsync();
        await Assertions.Expect(Page.GetByLabel("Items")).ToHaveValueAsync($"{AdminLab.Markup} = {AdminLab.Markup}");
    }
}
