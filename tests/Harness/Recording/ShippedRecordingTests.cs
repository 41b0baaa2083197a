using System.Net;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Harness.Recording;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Recordings;
using OpenStage.Server;
using OpenStage.Server.Jobs;
using OpenStage.Simulator;
using OpenStage.Simulator.Recording;

namespace OpenStage.Harness.Tests.Recording;

/// <summary>The recordings of <c>fixtures/recordings</c>: one made of each of these quirk sets, and one of the guide's examples.</summary>
[TestFixture]
public sealed class ShippedRecordingTests
{
    private const string Mac = "00:1A:E8:00:00:01";

    private static readonly (string Name, string Model, string Firmware, string[] Quirks)[] Sets =
    [
        ("openstage-40-v3r5", "OpenStage 40", "V3 R5.12.0", []),
        ("openstage-15-v2r2", "OpenStage 15", "V2 R2.30.0", []),
        ("cookie-habit-and-close", "OpenStage 60", "V3 R3.24.0", ["cookie-with-attributes", "connection-close"]),
        ("constant-nonce-lower-case", "OpenStage 80", "V3 R1.41.1", ["nonce-constant", "mac-lower-case", "status-upper-case"]),
        ("wrong-namespace-no-mark", "OpenStage 20", "V2 R1.20.0", ["wrong-namespace", "no-fragment-mark"]),
    ];

    private static IEnumerable<string> Files => Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "recordings"), "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Files))]
    public void A_phone_that_wears_its_recording_says_the_same_again(string file)
    {
        var recording = Read(file);
        var lines = FidelityCheck.Run(recording, Options(recording) with { Recording = recording });
        Assert.That(lines.Where(line => line.Fidelity != Fidelity.Exact).Select(line => $"{line.Number} {line.Said} {line.Fidelity}\n{line.Difference}"), Is.Empty);
        Assert.That(lines, Has.Count.EqualTo(recording.Exchanges.Count));
    }

    [Test]
    public void The_plain_model_reproduces_its_own_recording_byte_for_byte()
    {
        var recording = Read("openstage-40-v3r5.json");
        Assert.That(FidelityCheck.Run(recording, Options(recording)).Select(line => line.Fidelity), Is.All.EqualTo(Fidelity.Exact));
    }

    [TestCase("cookie-habit-and-close.json", "OpenStage 60", Fidelity.Canonical)]
    [TestCase("constant-nonce-lower-case.json", "OpenStage 80", Fidelity.Different)]
    [TestCase("openstage-40-v3r5.json", "OpenStage 15", Fidelity.Different)]
    public void A_phone_without_the_habits_falls_short_and_the_difference_is_shown(string file, string model, Fidelity expected)
    {
        var recording = Read(file);
        var lines = FidelityCheck.Run(recording, Options(recording) with { Model = model });
        Assert.That(lines.Select(line => line.Fidelity), Has.Some.EqualTo(expected));
        Assert.That(lines.First(line => line.Fidelity == expected).Difference, Does.Match("(?m)^[-+] "));
    }

    [Test]
    public void The_same_recording_gives_the_same_result_every_time()
    {
        var recording = Read("cookie-habit-and-close.json");
        var first = FidelityCheck.Run(recording, Options(recording));
        Assert.That(FidelityCheck.Run(recording, Options(recording)), Is.EqualTo(first));
    }

    /// <summary>Makes the recordings anew into the source tree, when WRITE_RECORDINGS is 1.</summary>
    [Test]
    public async Task A_phone_is_recorded_from_start_up_to_a_busy_write()
    {
        foreach (var set in Sets.Take(Environment.GetEnvironmentVariable("WRITE_RECORDINGS") == "1" ? Sets.Length : 1))
        {
            var recording = await MakeAsync(set.Model, set.Firmware, set.Quirks);
            Assert.That(recording.Exchanges.Select(exchange => exchange.Request.Text), Has.Some.Contains("busy").And.Some.Contains("local-changes").And.Some.Contains("start-up"));
            if (Environment.GetEnvironmentVariable("WRITE_RECORDINGS") == "1")
                await File.WriteAllTextAsync(Path.Combine(SourceFolder(), set.Name + ".json"), RecordingFile.Write(recording));
        }
    }

    private static async Task<Protocol.Recordings.Recording> MakeAsync(string model, string firmware, string[] quirks)
    {
        var clock = new ManualClock();
        var folder = Directory.CreateTempSubdirectory("openstage-recording-");
        await using var server = await ProvisioningServer.StartAsync(
            new ServerOptions { DataFolder = folder.FullName, ListenAddress = IPAddress.Loopback, PhonePort = 0, SecurePort = null, AdminPort = 0 }, clock, null, [], CancellationToken.None);
        await using var proxy = RecordingProxy.Start(
            new RecordingOptions { Server = server.PhoneUrl, Listen = new IPEndPoint(IPAddress.Loopback, 0), ContactListen = new IPEndPoint(IPAddress.Loopback, 0) }, clock);
        await using var phone = await SimulatedPhone.StartAsync(
            new PhoneOptions { Server = proxy.Url, Model = model, Firmware = firmware, Mac = Mac, Address = "127.0.0.1", ContactMePort = 0, Quirks = quirks }, clock, null, null);
        async Task PassAsync(int seconds)
        {
            for (; seconds > 0; seconds -= 10)
            {
                await phone.WhenIdleAsync(CancellationToken.None);
                await server.WhenIdleAsync(CancellationToken.None);
                await phone.WhenIdleAsync(CancellationToken.None);
                clock.Advance(TimeSpan.FromSeconds(10));
            }

            await phone.WhenIdleAsync(CancellationToken.None);
            await server.WhenIdleAsync(CancellationToken.None);
        }

        await PassAsync(30);
        await server.Jobs.CreateAsync(new JobRequest { Mac = Mac, Kind = JobKind.ReadItems, Items = [new Item("sntp-addr"), new Item("mac-addr")] });
        await PassAsync(30);
        await phone.ChangeLocallyAsync([new Item("vlan-method", "2")]);
        await PassAsync(30);
        await phone.StartCallAsync();
        await server.Jobs.CreateAsync(new JobRequest { Mac = Mac, Kind = JobKind.WriteItems, Items = [new Item("sntp-addr", "ntp.example.net")] });
        await PassAsync(600);
        await phone.EndCallAsync();
        await PassAsync(900);
        var recording = proxy.Recording!;
        folder.Delete(recursive: true);
        return recording;
    }

    private static Protocol.Recordings.Recording Read(string file) =>
        RecordingFile.Parse(file, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "recordings", file)));

    private static PhoneOptions Options(Protocol.Recordings.Recording recording) => new()
    {
        Server = new Uri("https://127.0.0.1:18443"),
        Model = recording.Device.Model,
        Firmware = recording.Device.Firmware,
        Mac = recording.Device.Mac,
        Address = "127.0.0.1",
    };

    private static string SourceFolder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "fixtures", "recordings");
}
