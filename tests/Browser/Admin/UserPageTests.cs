using Microsoft.Playwright;
using NUnit.Framework;
using OpenStage.Protocol.Messages;

namespace OpenStage.Browser.Tests.Admin;

[TestFixture]
public sealed class UserPageTests : AdminPageTests
{
    [Test]
    public async Task A_user_gets_a_phone_that_is_set_changed_and_taken_away()
    {
        await GoAsync("/users");
        await Link("New user").ClickAsync();
        await Page.Locator("[name=name]").FillAsync("Ann");
        await Page.Locator("[name=extension_number]").FillAsync("12x");
        await Page.Locator("[name=extension_password]").FillAsync("secret-4716");
        await Button("Create user").ClickAsync();
        await Assertions.Expect(Page.Locator("#field-extension_number-error")).ToContainTextAsync("allowed is 3 to 64 digits");
        await Assertions.Expect(Page.Locator("[name=name]")).ToHaveValueAsync("Ann");
        Assert.That(await Page.ContentAsync(), Does.Not.Contain("secret-4716"));
        await Page.Locator("[name=extension_number]").FillAsync("4711");
        await Page.Locator("[name=extension_password]").FillAsync("secret-4716");
        await Button("Create user").ClickAsync();
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("Ann");
        var user = Page.Url;
        await SeeAsync();

        await Page.GetByLabel("Model of a new phone").SelectOptionAsync("openstage-40.ph.json");
        await Button("Add a phone").ClickAsync();
        await SeeAsync();
        await Page.GetByLabel("MAC address").FillAsync(AdminLab.Known);
        await Page.GetByLabel("Web password").FillAsync("987654");
        await Page.Locator("[name=timezone]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Page.Locator("[name=enable_vlan_wan_port]").SelectOptionAsync("true");
        await Button("Add the phone").ClickAsync();
        await Assertions.Expect(Page.Locator("#field-wan_port_id-error")).ToContainTextAsync("a VLAN ID from 1 to 4094");
        await Page.GetByLabel("Web password").FillAsync("987654");
        await Page.Locator("[name=wan_port_id]").FillAsync("12");
        await Button("Add the phone").ClickAsync();
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync(AdminLab.Known);
        await Assertions.Expect(Page.Locator("main")).ToContainTextAsync("Not of the OpenStage 40");
        await SeeAsync();
        Assert.That(Lab.Server.Jobs.Get(5)!.Items, Has.Member(new Item("vlan-id", "12")));
        Assert.That(await Page.ContentAsync(), Does.Not.Contain("987654"));

        // What is not touched stays, the password too.
        await Page.Locator("[name=wan_port_id]").FillAsync("13");
        await Button("Save").ClickAsync();
        await Assertions.Expect(Page.Locator("[name=wan_port_id]")).ToHaveValueAsync("13");
        var items = Lab.Server.Jobs.List().SelectMany(job => job.Items).ToList();
        Assert.That(items, Has.Member(new Item("vlan-id", "13")).And.Member(new Item("admin-pwd", "987654")));

        await GoAsync($"/phones/{AdminLab.Known}");
        await Assertions.Expect(Page.Locator("#facts")).ToContainTextAsync("Ann, extension 4711");
        await GoAsync(user);
        await Rows.First.GetByRole(AriaRole.Link).ClickAsync();
        await Button("Take it away").ClickAsync();
        await Assertions.Expect(Page.Locator("#phones")).ToContainTextAsync("Ann has no phone yet");
        await Button("Delete with all phones").ClickAsync();
        await Assertions.Expect(Page.Locator("#list")).ToContainTextAsync("There is no user yet");
        await SeeAsync();
    }

    [Test]
    public async Task A_template_of_phones_is_copied_changed_and_deleted()
    {
        await GoAsync("/phone-templates/openstage-40.ph.json");
        await SeeAsync();
        await Link("Make another of it").ClickAsync();
        await Page.Locator("[name=filename]").FillAsync("desk.ph.json");
        await Button("Save").ClickAsync();
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("desk.ph.json");
        await Page.Locator("[name=content]").FillAsync("{}");
        await Button("Save").ClickAsync();
        await Assertions.Expect(Page.Locator("#field-content-error")).ToContainTextAsync("llowed is");
        await SeeAsync();
        await Button("Delete").ClickAsync();
        await ArriveAsync("/phone-templates");
        await Assertions.Expect(Page.Locator("#list")).Not.ToContainTextAsync("desk.ph.json");
    }
}
