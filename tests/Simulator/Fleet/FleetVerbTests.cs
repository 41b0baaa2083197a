using NUnit.Framework;
using OpenStage.Simulator.Fleet;

namespace OpenStage.Simulator.Tests.Fleet;

[TestFixture]
[NonParallelizable]
public sealed class FleetVerbTests
{
    private StringWriter errors = null!;
    private StringWriter output = null!;
    private (TextWriter Error, TextWriter Out) before;
    private string folder = null!;

    [SetUp]
    public void Redirect()
    {
        before = (Console.Error, Console.Out);
        Console.SetError(errors = new StringWriter());
        Console.SetOut(output = new StringWriter());
        folder = Directory.CreateTempSubdirectory("fleet").FullName;
    }

    [TearDown]
    public void Restore()
    {
        Console.SetError(before.Error);
        Console.SetOut(before.Out);
        errors.Dispose();
        output.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [TestCase("--count", "0", "count '0' is not allowed; allowed is 1 to 100000")]
    [TestCase("--count", "100001", "count '100001' is not allowed")]
    [TestCase("--mac", "1A", "mac '1A' is not allowed")]
    [TestCase("--mac", "FF:FF:FF:FF:FF:FA", "count '10' is not allowed; allowed is as many as there are addresses behind the first one")]
    [TestCase("--address", "10.0.0.1", "address '10.0.0.1' is not allowed; allowed is a loopback address")]
    [TestCase("--model", "OpenStage 41", "model 'OpenStage 41' is not allowed")]
    [TestCase("--quirk", "none", "quirk 'none' is not allowed")]
    [TestCase("--shard", "3/2", "shard '3/2' is not allowed")]
    [TestCase("--control-port", "many", "control port 'many' is not allowed; allowed is 0 to 65535, or off")]
    [TestCase("--admin", "ftp://127.0.0.1", "admin 'ftp://127.0.0.1' is not allowed; allowed is an address such as http://127.0.0.1:8080")]
    [TestCase("--admin", "http://me:secret@127.0.0.1", "admin '(one with a user, not shown)' is not allowed")]
    [TestCase("--out", "no-such-folder/result.json", "is not allowed; allowed is a file in a folder that exists")]
    public async Task A_fleet_that_cannot_be_made_ends_with_exit_code_2(string option, string value, string expected)
    {
        Assert.That(await SimulatorCommand.InvokeAsync(["fleet", "--server", "https://127.0.0.1:1", option, value]), Is.EqualTo(2));
        Assert.That(errors.ToString(), Does.Contain(expected));
    }

    [Test]
    public async Task Without_a_server_there_is_no_fleet()
    {
        Assert.That(await SimulatorCommand.InvokeAsync(["fleet"]), Is.EqualTo(2));
        Assert.That(errors.ToString(), Does.StartWith("server '' is not allowed; allowed is an https address"));
    }

    [Test]
    public async Task What_a_file_says_is_not_said_on_the_command_line_too()
    {
        Assert.That(await SimulatorCommand.InvokeAsync(["fleet", "--file", "fleet.json", "--count", "5"]), Is.EqualTo(2));
        Assert.That(errors.ToString(), Does.StartWith("--count cannot be given beside --file"));
    }

    [Test]
    public async Task A_broken_file_ends_with_exit_code_2_and_all_its_places()
    {
        var file = Path.Combine(folder, "fleet.json");
        await File.WriteAllTextAsync(file, "{ \"count\": 0,\n \"models\": [] }");
        Assert.That(await SimulatorCommand.InvokeAsync(["fleet", "--file", file, "--server", "https://127.0.0.1:1"]), Is.EqualTo(2));
        Assert.That(errors.ToString(), Does.Contain($"{file}:1:12: count: '0' is not allowed").And.Contain($"{file}:2:12: models: at least one"));
    }

    [Test]
    public async Task Admin_without_a_token_is_refused_and_no_token_is_shown()
    {
        var file = Path.Combine(folder, "token");
        await File.WriteAllTextAsync(file, "two words");
        string[] fleet = ["fleet", "--server", "https://127.0.0.1:1", "--admin", "http://127.0.0.1:2"];
        Assert.That(await SimulatorCommand.InvokeAsync([.. fleet, "--token-variable", "NO_SUCH_VARIABLE"]), Is.EqualTo(2));
        Assert.That(await SimulatorCommand.InvokeAsync([.. fleet, "--token-file", file]), Is.EqualTo(2));
        Assert.That(errors.ToString(), Does.StartWith("--admin needs a token: the environment variable NO_SUCH_VARIABLE has none").And.Contain($"--admin needs a token: {file} has none"));
        Assert.That(errors.ToString(), Does.Not.Contain("two words"));
    }

    [Test]
    public async Task Results_are_merged_into_a_file()
    {
        var plan = new FleetPlan { Server = new Uri("https://127.0.0.1:1"), Count = 5, Addresses = FleetAddresses.From("00:1A:E8:10:00:00", "127.60.0.1", 5), Models = [new FleetModel("OpenStage 40", null, 1)] };
        foreach (var shard in new[] { 1, 2 })
            await File.WriteAllTextAsync(Path.Combine(folder, $"{shard}.json"), FleetResult.Of(plan, new FleetShard(shard, 2), new FleetMeter(), [], FleetMachine.Here()).ToJson());

        var both = Path.Combine(folder, "both.json");
        Assert.That(await SimulatorCommand.InvokeAsync(["fleet-result", Path.Combine(folder, "1.json"), Path.Combine(folder, "2.json"), "--out", both]), Is.Zero);
        Assert.That(FleetResult.Read(both).Phones, Is.EqualTo(5));
        Assert.That(await SimulatorCommand.InvokeAsync(["fleet-result", both, Path.Combine(folder, "1.json")]), Is.EqualTo(2));
        Assert.That(errors.ToString(), Does.StartWith("1.json: shards: '1/2' is not allowed"));
    }

    [Test]
    public void The_limit_of_open_files_is_read_and_says_what_to_do()
    {
        const string Limits = "Limit                     Soft Limit           Hard Limit           Units     \nMax open files            1024                 4096                 files     \n";
        Assert.That(FileLimit.Parse(Limits), Is.EqualTo(1024));
        Assert.That(FileLimit.Parse("Max open files            unlimited            unlimited            files"), Is.Null);
        Assert.That(FileLimit.Parse(""), Is.Null);
        Assert.That(() => FileLimit.Check(10_000, 11_499), Throws.ArgumentException.With.Message.Contains("ulimit -n 11500").And.Message.Contains("may have 11499"));
        Assert.That(() => FileLimit.Check(10_000, 11_500), Throws.Nothing);
        Assert.That(() => FileLimit.Check(10_000, null), Throws.Nothing);
    }
}
