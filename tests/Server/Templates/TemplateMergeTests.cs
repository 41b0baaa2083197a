using NUnit.Framework;
using OpenStage.Server.Devices;
using OpenStage.Server.Templates;

namespace OpenStage.Server.Tests.Templates;

/// <summary>Site, model, device: what the deeper template says counts.</summary>
public sealed class TemplateMergeTests
{
    private static readonly Device Phone = new() { Mac = PhoneTalk.Mac, Model = "OpenStage 40", Location = "Munich" };

    private readonly List<ItemTemplate> templates = [];

    [SetUp]
    public void Clear() => templates.Clear();

    [Test]
    public void The_deeper_level_counts_whatever_the_order_of_their_creation()
    {
        Add("mine", TemplateLevel.Device, PhoneTalk.Mac, ("a", null, "device"));
        Add("model", TemplateLevel.Model, "openstage 40", ("a", null, "model"), ("b", null, "model"));
        Add("munich", TemplateLevel.Site, "Munich", ("a", null, "munich"), ("b", null, "munich"), ("c", null, "munich"));
        Add("all", TemplateLevel.Site, "", ("a", null, "all"), ("b", null, "all"), ("c", null, "all"), ("d", null, "all"));
        var merged = Merge();
        Assert.That(merged.Items.Select(item => (item.Name, item.Value, item.Template.Name)), Is.EqualTo(new[]
        {
            ("a", "device", "mine"), ("b", "model", "model"), ("c", "munich", "munich"), ("d", "all", "all"),
        }));
        Assert.That(merged.Templates.Select(template => template.Name), Is.EqualTo(new[] { "all", "munich", "model", "mine" }));
        Assert.That(merged.Why, Is.Null);
    }

    [Test]
    public void Of_two_that_are_alike_the_later_counts()
    {
        Add("first", TemplateLevel.Site, "", ("a", null, "first"));
        Add("second", TemplateLevel.Site, "", ("a", null, "second"));
        Assert.That(Merge().Items.Single().Value, Is.EqualTo("second"));
    }

    [Test]
    public void Templates_of_other_phones_and_those_switched_off_do_not_count()
    {
        Add("Berlin", TemplateLevel.Site, "Berlin", ("a", null, "x"));
        Add("sixties", TemplateLevel.Model, "OpenStage 60", ("a", null, "x"));
        Add("other", TemplateLevel.Device, "00:1A:E8:00:00:02", ("a", null, "x"));
        Add("off", TemplateLevel.Site, "", ("a", null, "x"));
        templates[^1] = templates[^1] with { Enabled = false };
        var merged = Merge();
        Assert.That(merged.Templates, Is.Empty);
        Assert.That(merged.Why, Is.EqualTo("no template has an item for this phone"));
    }

    [Test]
    public void Each_index_of_an_item_is_one_of_its_own()
    {
        Add("all", TemplateLevel.Site, "", ("key", 1, "one"), ("key", 2, "two"), ("key", null, "none"));
        Add("model", TemplateLevel.Model, "OpenStage 40", ("key", 2, "second"));
        Assert.That(Merge().Items.Select(item => (item.Index, item.Value)), Is.EqualTo(new (int?, string)[] { (null, "none"), (1, "one"), (2, "second") }));
    }

    [Test]
    public void A_deeper_level_removes_an_item_and_a_deeper_one_still_brings_it_back()
    {
        Add("all", TemplateLevel.Site, "", ("a", null, "all"), ("b", null, "all"));
        Add("model", TemplateLevel.Model, "OpenStage 40");
        templates[^1] = templates[^1] with { Items = [new("a", null, "", true), new("b", null, "", true), new("z", null, "", true)] };
        Add("mine", TemplateLevel.Device, PhoneTalk.Mac, ("b", null, "mine"));
        var merged = Merge();
        Assert.That(merged.Items.Select(item => (item.Name, item.Value)), Is.EqualTo(new[] { ("b", "mine") }));
        Assert.That(merged.Removed.Select(item => (item.Name, item.Template.Name)), Is.EqualTo(new[] { ("a", "model") }));
    }

    [Test]
    public void A_placeholder_without_a_value_is_a_problem_unless_a_deeper_level_has_the_item()
    {
        Add("all", TemplateLevel.Site, "", ("a", null, "{{user.name}}"), ("b", 3, "{{user.email}} {{device.e164}}"));
        Assert.That(Merge().Problems, Has.Count.EqualTo(3));
        Assert.That(Merge().Why, Is.EqualTo("a of template all: {{user.name}} has no value for this phone (3 problems)"));
        Add("mine", TemplateLevel.Device, PhoneTalk.Mac, ("a", null, "x"), ("b", 3, "y"));
        Assert.That(Merge().Why, Is.Null);
    }

    [Test]
    public void The_catalogue_is_asked_about_what_comes_out()
    {
        Add("all", TemplateLevel.Site, "", ("sntp-addr", null, "{{user.name}}"), ("e164", null, "1"), ("no-such-item", null, "x"));
        var merged = TemplateMerge.Merge(templates, Phone, new Dictionary<string, string> { ["name"] = "300.1.2.3" });
        Assert.That(merged.Warnings.Select(warning => $"{warning.Item}: {warning.Text}"), Is.EqualTo(new[]
        {
            "no-such-item: the catalogue has no item of this name", "sntp-addr: invalid data: '300.1.2.3', allowed is an IP address or a host name",
        }));
    }

    [Test]
    public void What_the_phone_has_is_compared()
    {
        Add("all", TemplateLevel.Site, "",
            ("sntp-addr", null, "b"), ("dhcp", null, "TRUE"), ("e164", null, "NULL"), ("key-label", 2, "x"), ("display-id", null, "Lobby"), ("new", null, "n"));
        var at = DateTimeOffset.UnixEpoch;
        var differences = TemplateDifference.Of(Merge(),
        [
            new DeviceItem("sntp-addr", null, "a", "", at), new DeviceItem("dhcp", null, "true", "", at), new DeviceItem("e164", null, "", "", at),
            new DeviceItem("key-label", 1, "x", "", at), new DeviceItem("display-id", null, "Lobby", "not supported", at),
        ]);
        Assert.That(differences.Select(item => (item.Item.Name, item.Comparison, item.Old)), Is.EqualTo(new (string, ItemComparison, string?)[]
        {
            ("dhcp", ItemComparison.Same, "true"), ("display-id", ItemComparison.Different, "Lobby"), ("e164", ItemComparison.Same, ""),
            ("key-label", ItemComparison.New, null), ("new", ItemComparison.New, null), ("sntp-addr", ItemComparison.Different, "a"),
        }));
    }

    private MergedTemplate Merge() => TemplateMerge.Merge(templates.AsEnumerable().Reverse(), Phone, new Dictionary<string, string>());

    private void Add(string name, TemplateLevel level, string match, params (string Name, int? Index, string Value)[] items) => templates.Add(new ItemTemplate
    {
        Id = templates.Count + 1,
        Name = name,
        Level = level,
        Match = match,
        Items = [.. items.Select(item => new TemplateItem(item.Name, item.Index, item.Value, false))],
    });
}
