using Microsoft.Playwright;
using NUnit.Framework;
using OpenStage.Protocol.Messages;

namespace OpenStage.Browser.Tests.Admin;

[TestFixture]
public sealed class TemplatePageTests : AdminPageTests
{
    [Test]
    public async Task A_template_is_written_compared_with_a_phone_and_sent()
    {
        await GoAsync("/templates");
        await Assertions.Expect(Page.Locator("#list")).ToContainTextAsync("There is no template yet");
        await Link("New template").ClickAsync();
        await Page.Locator("[name=name]").FillAsync("Site");
        await Page.Locator("[name=items]").FillAsync("sntp-addr = ntp.{{device.mac.compact}}.example\nuser-pwd = secret-4713\ndhcp = false");
        await Button("Save").ClickAsync();
        await Assertions.Expect(Rows.First).ToContainTextAsync("all phones");

        await GoAsync($"/phones/{AdminLab.Known}/template");
        var row = Rows.Filter(new() { HasText = "sntp-addr" });
        await Assertions.Expect(row).ToContainTextAsync("ntp2.example.net");
        await Assertions.Expect(row).ToContainTextAsync("ntp.001AE8000001.example", new() { IgnoreCase = true });
        await Assertions.Expect(row.Locator(".badge")).ToHaveTextAsync("different");
        Assert.That(await Page.ContentAsync(), Does.Not.Contain("secret-471"));
        await Button("Send the differences").ClickAsync();
        await ArriveAsync("/jobs/5");
        var items = Lab.Server.Jobs.Get(5)!.Items;
        Assert.That(items, Has.Member(new Item("user-pwd", "secret-4713")));
        Assert.That(items.Select(item => item.Name), Has.No.Member("dhcp"));

        // A secret is not shown, and is kept when the rest is changed.
        await GoAsync("/templates/1");
        await Assertions.Expect(Page.Locator("[name=items]")).ToHaveValueAsync("sntp-addr = ntp.{{device.mac.compact}}.example\nuser-pwd = ***\ndhcp = false");
        await Page.Locator("[name=name]").FillAsync("Whole site");
        await Button("Save").ClickAsync();
        await Assertions.Expect(Rows.First).ToContainTextAsync("Whole site");
        await GoAsync($"/phones/{AdminLab.Known}/template");
        await Button("Send all").ClickAsync();
        await ArriveAsync("/jobs/6");
        Assert.That(Lab.Server.Jobs.Get(6)!.Items, Has.Member(new Item("user-pwd", "secret-4713")));
    }

    [Test]
    public async Task What_is_wrong_with_a_template_is_said_at_its_field()
    {
        await GoAsync("/templates/new");
        await Page.Locator("[name=name]").FillAsync("Model");
        await Page.Locator("[name=level]").SelectOptionAsync("Model");
        await Page.Locator("[name=items]").FillAsync("dhcp = {{phone.colour}}");
        await Button("Save").ClickAsync();
        await Assertions.Expect(Page.Locator(".field .error").First).ToContainTextAsync("llowed is");
        await Assertions.Expect(Page.Locator("[name=items]")).ToHaveValueAsync("dhcp = {{phone.colour}}");
    }
}
