using NUnit.Framework;
using OpenStage.Simulator.Fleet;

namespace OpenStage.Simulator.Tests.Fleet;

[TestFixture]
public sealed class FleetPlanTests
{
    private static readonly FleetPlan Plan = Fleet(5000, 7);

    [Test]
    public void The_same_seed_gives_the_same_fleet_and_another_seed_another()
    {
        var fleet = Facts(Fleet(300, 7), FleetShard.Whole);
        Assert.That(Facts(Fleet(300, 7), FleetShard.Whole), Is.EqualTo(fleet));
        Assert.That(Facts(Fleet(300, 8), FleetShard.Whole), Is.Not.EqualTo(fleet));
    }

    [Test]
    public void A_longer_fleet_starts_with_a_shorter_one() =>
        Assert.That(Facts(Fleet(300, 7), FleetShard.Whole).Take(100), Is.EqualTo(Facts(Fleet(100, 7), FleetShard.Whole)));

    [TestCase(2)]
    [TestCase(3)]
    [TestCase(7)]
    public void Shards_are_the_whole_fleet_and_each_phone_is_in_one(int machines)
    {
        var shards = Enumerable.Range(1, machines).SelectMany(number => Facts(Fleet(200, 7), FleetShard.Parse($"{number}/{machines}")));
        Assert.That(shards.Order(StringComparer.Ordinal), Is.EqualTo(Facts(Fleet(200, 7), FleetShard.Whole).Order(StringComparer.Ordinal)));
    }

    [TestCase("0/2")]
    [TestCase("3/2")]
    [TestCase("1/0")]
    [TestCase("1/1001")]
    [TestCase("1")]
    [TestCase("-1/2")]
    [TestCase("a/b")]
    public void A_shard_that_cannot_be_is_refused(string text) =>
        Assert.That(() => FleetShard.Parse(text), Throws.ArgumentException.With.Message.EqualTo($"shard '{text}' is not allowed; allowed is K/N such as 2/4, with N from 1 to 1000 and K from 1 to N."));

    [TestCase(0, 1000)]
    [TestCase(2000, 300)]
    [TestCase(4900, 100)]
    public void Shares_are_met_in_any_stretch_of_the_fleet(int first, int count)
    {
        var models = Enumerable.Range(first, count).Select(number => Plan.ModelOf(number).Model).ToList();
        Assert.That(models.Count(model => model == "OpenStage 40"), Is.EqualTo(count * 0.7).Within(3));
        Assert.That(models.Count(model => model == "OpenStage 15"), Is.EqualTo(count * 0.3).Within(3));
        Assert.That(Enumerable.Range(first, count).Count(number => Plan.QuirksOf(number).Contains("connection-close")), Is.EqualTo(count * 0.2).Within(3));
    }

    [Test]
    public void Quirks_have_nothing_to_do_with_models_or_with_each_other()
    {
        var numbers = Enumerable.Range(0, 5000).ToList();
        Assert.That(numbers.Count(number => Plan.ModelOf(number).Model == "OpenStage 15" && Plan.QuirksOf(number).Contains("connection-close")), Is.EqualTo(5000 * 0.3 * 0.2).Within(40));
        Assert.That(numbers.Count(number => Plan.QuirksOf(number).Count == 2), Is.EqualTo(5000 * 0.2 * 0.5).Within(40));
    }

    [Test]
    public void Numbers_count_up_and_names_and_places_fit_a_phone()
    {
        var phones = Plan.Phones(FleetShard.Whole).Take(500).ToList();
        Assert.That(phones.Select(phone => phone.Items["e164"]), Is.EqualTo(Enumerable.Range(0, 500).Select(number => $"0{4989100 + number}")));
        Assert.That(phones.Select(phone => phone.Items["display-id-unicode"]), Has.All.Match(@"^\S.{1,23}$"));
        Assert.That(phones.Any(phone => phone.Items["display-id-unicode"].Any(letter => letter > 127)), Is.True);
        Assert.That(phones.Select(phone => phone.Items["hostname"]), Has.All.Match("^[a-z0-9]+(-[a-z0-9]+)*-[0-9]+$"));
        Assert.That(phones.Select(phone => phone.Items["hostname"]), Is.Unique);
        Assert.That(phones.Select(phone => phone.Items["dls-contact-interval"]), Has.All.EqualTo("5"));
    }

    [Test]
    public void Mac_addresses_and_addresses_count_up_over_their_bytes()
    {
        var addresses = FleetAddresses.From("00:1A:E8:10:00:FF", "127.60.0.255", 3);
        Assert.That(Enumerable.Range(0, 3).Select(number => (addresses.Mac(number), addresses.Address(number))), Is.EqualTo(new[]
        {
            ("00:1A:E8:10:00:FF", "127.60.0.255"), ("00:1A:E8:10:01:00", "127.60.1.0"), ("00:1A:E8:10:01:01", "127.60.1.1"),
        }));
    }

    [Test]
    public void Models_of_the_command_line_are_taken_in_turn()
    {
        var plan = new FleetPlan { Server = Plan.Server, Count = 3, Addresses = Plan.Addresses, Models = Plan.Models, TakesModelsInTurn = true };
        Assert.That(plan.Phones(FleetShard.Whole).Select(phone => phone.Model), Is.EqualTo(new[] { "OpenStage 40", "OpenStage 15", "OpenStage 40" }));
    }

    [TestCase(nameof(ArrivalKind.Storm), 0)]
    [TestCase(nameof(ArrivalKind.Ramp), 1.5)]
    [TestCase(nameof(ArrivalKind.Blackout), 1.5)]
    public void Phones_come_as_the_arrival_says(string kind, double seconds) =>
        Assert.That(new FleetArrival { Kind = Enum.Parse<ArrivalKind>(kind), PhonesPerSecond = 20 }.Comes(30), Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [Test]
    public void Jitter_spreads_phones_evenly_over_its_seconds()
    {
        var back = Enumerable.Range(0, 1000).Select(number => new FleetArrival { JitterSeconds = 10 }.ComesBack(3, number)).ToList();
        for (var second = 0; second < 10; second++)
            Assert.That(back.Count(span => span >= TimeSpan.FromSeconds(second) && span < TimeSpan.FromSeconds(second + 1)), Is.EqualTo(100).Within(5));
    }

    private static FleetPlan Fleet(int count, int seed) => new()
    {
        Server = new Uri("https://127.0.0.1:18443"),
        Count = count,
        Seed = seed,
        Addresses = FleetAddresses.From("00:1A:E8:10:00:00", "127.60.0.1", count),
        FirstNumber = "04989100",
        Locales = ["de", "fr", "pl"],
        Models = [new FleetModel("OpenStage 40", null, 7), new FleetModel("OpenStage 15", "V2 R2.28.0", 3)],
        Quirks = [new FleetQuirk("connection-close", 20), new FleetQuirk("cookie-with-attributes", 50)],
        ContactGapSeconds = 5,
    };

    private static List<string> Facts(FleetPlan plan, FleetShard shard) =>
        [.. plan.Phones(shard).Select(phone => string.Join('|', phone.Mac, phone.Address, phone.Model, phone.Firmware, string.Join(',', phone.Quirks), string.Join(',', phone.Items.Select(item => item.Value))))];
}
