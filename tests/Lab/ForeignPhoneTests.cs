using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using NUnit.Framework;
using OpenStage.Conformance;
using OpenStage.Harness.Clock;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Sessions;
using OpenStage.Harness.Time;
using OpenStage.Protocol.Messages;
using OpenStage.Simulator;

namespace OpenStage.Lab.Tests;

/// <summary>
/// The whole suite against a phone that it knows by the lab file only: address, port and MAC. Whether it is emulated is
/// not to be seen; calls and local changes are done by a person that the lab asks.
/// </summary>
[TestFixture]
public sealed partial class ForeignPhoneTests
{
    private const string Mac = "00:1A:E8:0D:00:01";
    private const string Model = "OpenStage 80";
    private const string Firmware = "V3 R5.12.0";
    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("openstage-foreign-test-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task The_suite_passes_on_a_phone_that_the_lab_file_knows_by_address_and_mac_alone()
    {
        var file = Path.Combine(folder, "lab.json");
        var port = FreePort();
        await File.WriteAllTextAsync(file, $$"""
            { "server": { "address": "127.0.0.1", "phonePort": {{port}} },
              "phones": [ { "id": "p", "kind": "physical", "mac": "{{Mac}}", "model": "{{Model}}", "address": "127.78.0.1", "owner": "test",
                "consent": { "reboot": true, "changeSettings": true, "upgrade": true, "factoryReset": true }, "capabilities": ["fragments"],
                "actuators": { "call": { "kind": "prompt" }, "localChange": { "kind": "prompt" } } } ] }
            """);
        var clock = new ManualClock();
        await using var phone = await SimulatedPhone.StartAsync(
            new PhoneOptions { Server = new Uri($"https://127.0.0.1:{port}"), Model = Model, Firmware = Firmware, Mac = Mac, Address = "127.78.0.1", FragmentItems = 120 },
            clock, null, null);
        // It has been on for long, as a phone on a desk has.
        await new VirtualLabTime(clock, phone.WhenIdleAsync).PassAsync(TimeSpan.FromMinutes(5));
        var before = await phone.GetItemsAsync();
        var person = new Person(phone);
        var world = new LabWorld { Clock = clock, WhenIdle = [phone.WhenIdleAsync], People = person, LockFolder = folder };

        var outcome = Runs.Apart(LabFileReader.Read(file), (_, _) => true, new RunSettings { World = world });

        var wrong = outcome.Run.Results.Where(result => result.Verdict is not (Verdict.Pass or Verdict.NotApplicable))
            .Select(result => $"{result.CaseId}: {result.Verdict} {result.Reason} expected {result.Expected}, got {result.Actual}");
        TestContext.Out.WriteLine($"{outcome.Run.Results.Count} cases, {outcome.Run.Results.Count(result => result.Verdict == Verdict.Pass)} passed, {person.Asked} times a person was asked");
        Assert.That(outcome.LabErrors, Is.Empty);
        Assert.That(wrong, Is.Empty);
        Assert.That(outcome.Run.Results.Count(result => result.Verdict == Verdict.NotApplicable), Is.LessThan(12), "cases that need firmware files");
        Assert.That(outcome.Run.Report("", true, []).NotRestored.Where(left => !left.Reason.StartsWith("it cannot be read", StringComparison.Ordinal)), Is.Empty);
        Assert.That(await SettingsAsync(phone), Is.SupersetOf(before.Where(item => IsSetting(item.Name)).Select(Text)), "settings of the phone before the run");
        Assert.That(Directory.GetFiles(folder, "*.restore.json"), Is.Empty);
    }

    private static async Task<IEnumerable<string>> SettingsAsync(SimulatedPhone phone) => (await phone.GetItemsAsync()).Select(Text);

    private static bool IsSetting(string name) => Protocol.Items.ItemCatalogue.Default.TryGet(name, out var item) && item.Access == Protocol.Items.ItemAccess.ReadWrite;

    private static string Text(Item item) => $"{item.Key.Name}[{item.Index}] = {item.Value}";

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Does at the phone what the lab asks for.</summary>
    private sealed partial class Person(SimulatedPhone phone) : IPrompts
    {
        public int Asked { get; private set; }

        public async Task<string> AskAsync(string what, CancellationToken cancellation)
        {
            Asked++;
            if (what.Contains("into a call", StringComparison.Ordinal))
                await phone.StartCallAsync();
            else if (what.Contains("end the call", StringComparison.Ordinal))
                await phone.EndCallAsync();
            else
                await phone.ChangeLocallyAsync([.. Setting().Matches(what).Select(match => new Item(match.Groups["name"].Value, match.Groups["value"].Value))]);
            return "";
        }

        [GeneratedRegex("(?<name>[a-z0-9-]+) to '(?<value>[^']*)'")]
        private static partial Regex Setting();
    }
}
