using System.Text;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Wire;
using OpenStage.Simulator.Machine;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Simulator.Tests.Machine;

/// <summary>Quirks that no conformance case catches yet: each is seen to do what its summary says.</summary>
[TestFixture]
public sealed class QuirkTests
{
    [Test]
    public void There_are_at_least_40_quirks_each_with_summary_and_source()
    {
        Assert.That(QuirkCatalogue.All, Has.Count.AtLeast(40));
        Assert.That(QuirkCatalogue.All, Has.All.Matches<Quirk>(quirk => quirk is { Summary.Length: > 0, Source.Length: > 0 }));
    }

    [Test]
    public void A_stale_nonce_is_that_of_the_message_before()
    {
        var right = new Driven().Gets(ServerAction.ReadAllItems);
        var stale = new Driven(quirks: "nonce-stale@2").Gets(ServerAction.ReadAllItems);
        Assert.That(Nonce(stale), Is.EqualTo(Nonce(new Driven())).And.Not.EqualTo(Nonce(right)));
    }

    [TestCase("V3 R5.12.0", "entities-not-decoded", "a &lt; b")]
    [TestCase("V3 R5.12.0", null, "a < b")]
    [TestCase("V1 R5.6.0", null, "a &lt; b")]
    public void Entities_are_decoded_or_not(string firmware, string? quirk, string expected)
    {
        var phone = new Driven(firmware: firmware, quirks: quirk is null ? [] : [quirk]);
        phone.Gets("<DLSMessage><Message nonce=\"1\"><Action>WriteItems</Action><ItemList><Item name=\"display-id\">a &lt; b</Item></ItemList></Message></DLSMessage>");
        phone.Gets(ServerAction.ReadItems, new Item("display-id"));
        Assert.That(phone.Item("display-id")!.Value, Is.EqualTo(expected));
    }

    [Test]
    public void Fragments_come_out_of_order()
    {
        var right = Fragments(new Driven(fragmentItems: 100));
        var wrong = Fragments(new Driven(fragmentItems: 100, quirks: "fragments-out-of-order"));
        Assert.That(wrong, Is.EquivalentTo(right));
        Assert.That(wrong, Is.Not.EqualTo(right));
    }

    [Test]
    public void A_fragment_loop_comes_to_no_end()
    {
        var phone = new Driven(fragmentItems: 300, quirks: "fragment-loop").Gets(ServerAction.ReadAllItems);
        for (var asked = 0; asked < 50; asked++)
            Assert.That(phone.Gets(ServerAction.GetNextFragment).Fragment, Is.EqualTo("next"));
    }

    [Test]
    public void The_first_contact_me_is_ignored_and_the_second_is_not()
    {
        var phone = new Driven(quirks: "contact-me-ignored-once").Gets(ServerAction.CleanUp).IsContacted();
        Assert.That(phone.Posts, Is.Empty);
        Assert.That(phone.After(TimeSpan.FromMinutes(6)).IsContacted().Reason, Is.EqualTo("solicited"));
    }

    [Test]
    public void Two_contact_me_within_a_second_end_the_web_server_until_a_restart()
    {
        var phone = new Driven(quirks: "contact-me-kills-web-server").Gets(ServerAction.CleanUp).IsContacted();
        Assert.That(phone.Effects.OfType<PhoneEffect.Listen>(), Is.Empty);
        phone.After(TimeSpan.FromSeconds(1)).IsContacted();
        Assert.That(phone.Effects.OfType<PhoneEffect.Listen>().Single().On, Is.False);
        phone.Happens(new PhoneEvent.Restart()).Fires(PhoneTimer.Boot);
        Assert.That(phone.Effects.OfType<PhoneEffect.Listen>().Single().On);
    }

    [Test]
    public void One_contact_me_brings_two_calls()
    {
        var phone = new Driven(quirks: "contact-me-two-calls").Gets(ServerAction.CleanUp).IsContacted();
        Assert.That(phone.Gets(ServerAction.CleanUp).Reason, Is.EqualTo("solicited"));
        Assert.That(phone.Gets(ServerAction.CleanUp).Posts, Is.Empty);
    }

    [Test]
    public void A_storm_reports_one_change_twenty_times()
    {
        var phone = new Driven(quirks: "local-changes-storm").Gets(ServerAction.CleanUp).Happens(new PhoneEvent.LocalChange([new Item("vlan-method", "2")]));
        var reports = 0;
        for (; phone.Posts.Count > 0; reports++)
            phone.Gets(ServerAction.CleanUp);
        Assert.That(reports, Is.EqualTo(20));
    }

    [TestCase("junk-before-prolog", "ready\r\n<?xml")]
    [TestCase("byte-order-mark", "\uFEFF<?xml")]
    public void Text_goes_before_the_prolog(string quirk, string expected)
    {
        var phone = new Driven(quirks: quirk);
        Assert.That(Encoding.UTF8.GetString(phone.Posts[0].Body.Span), Does.StartWith(expected));
        Assert.That(Length(phone), Is.EqualTo(phone.Posts[0].Body.Length));
    }

    [Test]
    public void A_wrong_length_announces_ten_bytes_too_few()
    {
        var phone = new Driven(quirks: "content-length-wrong");
        Assert.That(Length(phone), Is.EqualTo(phone.Posts[0].Body.Length - 10));
    }

    [Test]
    public void Values_are_swapped_between_items()
    {
        var phone = new Driven(quirks: "read-values-swapped").Gets(ServerAction.ReadItems, new Item("mac-addr"), new Item("device-type"));
        Assert.That((phone.Item("mac-addr")!.Value, phone.Item("device-type")!.Value), Is.EqualTo(("OpenStage 40", "00:1A:E8:00:00:01")));
    }

    [Test]
    public void A_clock_far_off_dates_files_to_1970()
    {
        var phone = new Driven(quirks: "clock-far-off").Gets(ServerAction.FileDeployment, new Item("file-https-base-url", "https://127.0.0.1/a.wav"), new Item("file-type", "RINGTONE"));
        phone.Happens(new PhoneEvent.Downloaded(1, new OpenStage.Simulator.Machine.Deployment.DownloadResult(10, default, "")));
        Assert.That(phone.Item("file-deployment-date")!.Value, Is.EqualTo("01:01:1970"));
    }

    private static string Nonce(Driven phone) => (string)phone.Posted!.Descendants().Single(element => element.Name.LocalName == "Message").Attribute("nonce")!;

    private static int Length(Driven phone) => int.Parse(HttpExchange.Header(phone.Posts[0].Headers, "Content-Length")!, System.Globalization.CultureInfo.InvariantCulture);

    private static List<string> Fragments(Driven phone)
    {
        var names = new List<string>();
        phone.Gets(ServerAction.ReadAllItems);
        while (true)
        {
            names.Add((string)phone.Items[0].Attribute("name")! + (string?)phone.Items[0].Attribute("index"));
            if (phone.Fragment == "final")
                return names;
            phone.Gets(ServerAction.GetNextFragment);
        }
    }
}
