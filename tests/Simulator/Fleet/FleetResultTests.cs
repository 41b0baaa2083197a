using NUnit.Framework;
using OpenStage.Simulator.Fleet;

namespace OpenStage.Simulator.Tests.Fleet;

[TestFixture]
public sealed class FleetResultTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_result_is_read_as_it_was_written()
    {
        var result = Result("1/2", Noon, 30);
        Assert.That(FleetResult.Parse("a", result.ToJson()).ToJson(), Is.EqualTo(result.ToJson()));
        Assert.That(result.Models, Is.EqualTo(new[] { new FleetShare("OpenStage 40", 5) }));
        Assert.That(result.ToJson(), Does.Contain("\"question\": \"steady-after-boot\"").And.Contain("\"kind\": \"ramp\""));
    }

    [Test]
    public void Results_of_two_machines_make_one_from_the_first_begin_to_the_last_end()
    {
        var merged = FleetMerge.Of([("a", Result("1/2", Noon, 30)), ("b", Result("2/2", Noon.AddSeconds(10), 35))]);

        var boot = merged.Answers.Single(answer => answer.Question == FleetQuestion.SteadyAfterBoot);
        Assert.That((boot.Begun, boot.Seconds, boot.Phones, boot.Done), Is.EqualTo((Noon, 45.0, 10, 8)));
        Assert.That(boot.IsGood, Is.False);
        Assert.That(merged.Answers.Single(answer => answer.Question == FleetQuestion.ReadFromAll).Asked, Is.False);
        Assert.That(merged.Phones, Is.EqualTo(10));
        Assert.That(merged.Shards, Is.EqualTo(new[] { "1/2", "2/2" }));
        Assert.That(merged.Models, Is.EqualTo(new[] { new FleetShare("OpenStage 40", 10) }));
        Assert.That(merged.Totals, Is.EqualTo(new FleetTotals(2, 4, 200, 20)));
        Assert.That(merged.Answer.Count, Is.EqualTo(4));
        Assert.That(merged.Errors, Is.EqualTo(new[] { new FleetError("connection lost", 4), new FleetError("overload", 2) }));
        Assert.That(merged.Machines, Has.Count.EqualTo(2));
    }

    [Test]
    public void Results_of_another_fleet_are_refused() => Assert.That(
        () => FleetMerge.Of([("a", Result("1/2", Noon, 30)), ("b", Result("2/2", Noon, 30) with { Seed = 4 })]),
        Throws.ArgumentException.With.Message.EqualTo("b: seed: '4' is not allowed; allowed is '9' as in a, as only results of one fleet can be merged."));

    [Test]
    public void The_same_shard_twice_is_refused() => Assert.That(
        () => FleetMerge.Of([("a", Result("1/2", Noon, 30)), ("b", Result("1/2", Noon, 30))]),
        Throws.ArgumentException.With.Message.EqualTo("b: shards: '1/2' is not allowed; allowed are shards that no other file has, and a has it."));

    [TestCase("{\n \"schemaVersion\": \"one\" }", "r.json:2: $.schemaVersion: ")]
    [TestCase("{\n \"colour\": 1 }", "r.json:2: $.colour: ")]
    [TestCase("null", "r.json:1: : The file is empty.")]
    [TestCase("[1]", "r.json:1: $: ")]
    [TestCase("", "r.json:1: $: ")]
    public void A_file_that_is_no_result_is_refused_with_its_place(string json, string expected) => Assert.That(
        () => FleetResult.Parse("r.json", json), Throws.ArgumentException.With.Message.StartsWith(expected).And.Message.EndsWith("Allowed is a result that 'simulator fleet --out' wrote."));

    [Test]
    public void A_result_of_another_version_is_refused() => Assert.That(
        () => FleetResult.Parse("r.json", (Result("1/1", Noon, 1) with { SchemaVersion = 2 }).ToJson()),
        Throws.ArgumentException.With.Message.EqualTo("r.json: schemaVersion: '2' is not allowed; allowed is 1."));

    [Test]
    public void Secrets_in_the_address_of_the_server_are_not_written()
    {
        var plan = new FleetPlan
        {
            Server = new Uri("https://127.0.0.1:1/path?token=hidden"),
            Count = 1,
            Addresses = FleetAddresses.From("00:1A:E8:10:00:00", "127.60.0.1", 1),
            Models = [new FleetModel("OpenStage 40", null, 1)],
        };
        Assert.That(FleetResult.Of(plan, FleetShard.Whole, new FleetMeter(), [], Machine).ToJson(), Does.Not.Contain("hidden").And.Contain("https://127.0.0.1:1/path"));
    }

    private static FleetMachine Machine => new()
    {
        Processor = "P",
        Processors = 2,
        MemoryMegabytes = 8192,
        System = "S",
        Runtime = "R",
        ProcessorSeconds = 1.5,
        ResidentMegabytes = 100,
    };

    private static FleetResult Result(string shard, DateTimeOffset begun, double seconds)
    {
        var meter = new FleetMeter();
        meter.Ended();
        meter.Answered(TimeSpan.FromMilliseconds(3), 50, 5);
        meter.Answered(TimeSpan.FromMilliseconds(4), 50, 5);
        foreach (var kind in new[] { "overload", "connection lost", "connection lost" })
            meter.Failed(kind);
        var plan = new FleetPlan
        {
            Server = new Uri("https://127.0.0.1:18443"),
            Count = 10,
            Seed = 9,
            Addresses = FleetAddresses.From("00:1A:E8:10:00:00", "127.60.0.1", 10),
            Models = [new FleetModel("OpenStage 40", null, 1)],
            Arrival = new FleetArrival { Kind = ArrivalKind.Ramp },
        };
        return FleetResult.Of(plan, FleetShard.Parse(shard), meter,
        [
            new FleetAnswer { Question = FleetQuestion.SteadyAfterBoot, Asked = true, Begun = begun, Seconds = seconds, Phones = 5, Done = 4 },
            new FleetAnswer { Question = FleetQuestion.ReadFromAll, Asked = false, Note = "not asked" },
        ], Machine);
    }
}
