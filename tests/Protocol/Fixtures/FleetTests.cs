using NUnit.Framework;
using OpenStage.Fixtures;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Protocol.Tests.Fixtures;

/// <summary>The fleets that tests and emulated phones are made of.</summary>
[TestFixture]
internal sealed class FleetTests
{
    [Test]
    public void The_same_seed_gives_the_same_fleet_and_another_seed_another()
    {
        var fleet = Fleet.Create(50, 7);
        var again = Fleet.Create(50, 7);

        Assert.That(again, Is.EqualTo(fleet));
        Assert.That(Fleet.Create(50, 8), Is.Not.EqualTo(fleet));
        Assert.That(Fleet.Create(20, 7), Is.EqualTo(fleet.Take(20)));
    }

    [Test]
    public void No_mac_address_or_number_occurs_twice()
    {
        var fleet = Fleet.Create(10_000, 2016);

        Assert.That(fleet, Has.Count.EqualTo(10_000));
        Assert.That(fleet.Select(phone => phone.Mac).Distinct().Count(), Is.EqualTo(10_000));
        Assert.That(fleet.Select(phone => phone.Address).Distinct().Count(), Is.EqualTo(10_000));
        Assert.That(fleet.Select(phone => phone.Number).Distinct().Count(), Is.EqualTo(10_000));
    }

    [Test]
    public void Every_phone_is_as_the_guide_and_the_lab_want_it()
    {
        var fleet = Fleet.Create(500, 3);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fleet.Select(phone => phone.Model).Distinct(), Is.EquivalentTo(Fleet.Models));
            Assert.That(fleet.Select(phone => phone.Mac[..8]).Distinct(), Is.EquivalentTo(Fleet.MacPrefixes));
            Assert.That(fleet.Select(phone => phone.Mac), Has.All.Match("^([0-9A-F]{2}:){5}[0-9A-F]{2}$"));
            Assert.That(fleet.Select(phone => phone.Address.ToString()), Has.All.Match(@"^127\.(12[89]|1[3-9]\d|2\d\d)\.\d+\.([1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-4])$"));
            Assert.That(fleet.Select(phone => phone.Number), Has.All.Match("^49[0-9]{8}$"));
            Assert.That(fleet.Select(phone => phone.Name), Has.All.Match(@"\S \S"));
            Assert.That(fleet.Select(phone => phone.Name).Any(name => name.Any(letter => letter > 127)), Is.True);
        }
    }

    [Test]
    public void Every_name_survives_a_message()
    {
        var items = Fleet.Create(200, 5).Select((phone, index) => new Item("display-id-unicode", phone.Name, index)).ToArray();
        var read = DlsReader.Read(DlsWriter.Write(new DlsMessage { Nonce = "0", Action = ServerAction.WriteItems, Items = items }));

        Assert.That(read.Message!.Items, Is.EqualTo(items));
    }

    [TestCase(-1)]
    [TestCase(Fleet.MaxPhones + 1)]
    public void A_fleet_out_of_range_is_refused(int count) =>
        Assert.That(() => Fleet.Create(count, 1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("100000"));

    [Test]
    public void An_empty_fleet_is_a_fleet() => Assert.That(Fleet.Create(0, 1), Is.Empty);

    [Test]
    public void A_message_folder_that_is_not_there_is_named() =>
        Assert.That(() => MessageFiles.In("silver"), Throws.TypeOf<DirectoryNotFoundException>().With.Message.Contains("silver"));
}
