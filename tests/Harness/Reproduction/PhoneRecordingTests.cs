using NUnit.Framework;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Reproduction;
using OpenStage.Harness.Sessions;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Recordings;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.Tests.Reproduction;

/// <summary>What a run kept of a phone, and a lab whose phone is that one.</summary>
[TestFixture]
public sealed class PhoneRecordingTests
{
    private static readonly LabPhone Phone = new() { Id = "p", Mac = "00:1A:E8:66:00:01", Model = "OpenStage 40", Firmware = "V3 R3.24.0" };

    [Test]
    public async Task An_emulated_phone_that_wears_the_recording_speaks_as_the_recorded_one_did()
    {
        var recording = await RecordAsync(Phone with { Quirks = ["nonce-lower-case"] });
        Assert.That((recording.Device.Mac, recording.Device.Model, recording.Device.Firmware), Is.EqualTo((Phone.Mac, Phone.Model, Phone.Firmware)));
        Assert.That(recording.Items, Has.Count.GreaterThan(300));
        Assert.That(Nonces(recording), Has.All.Match("^[0-9a-f]{32}$"));

        Assert.That(Nonces(await RecordAsync(Phone with { Recording = recording })), Has.All.Match("^[0-9a-f]{32}$"));
        Assert.That(Nonces(await RecordAsync(Phone)), Has.Some.Match("[A-F]"));
    }

    [Test]
    public async Task Items_that_a_phone_is_not_to_have_are_not_among_those_that_it_tells()
    {
        var whole = await RecordAsync(Phone);
        var reduced = await RecordAsync(Phone with { WithoutItems = ["sntp-addr"] });
        Assert.That(whole.Items.Select(item => item.Name).Except(reduced.Items.Select(item => item.Name)), Is.EqualTo(new[] { "sntp-addr" }));
    }

    [Test]
    public void Of_a_recording_a_case_needs_its_own_exchanges_first_and_some_from_the_start()
    {
        var whole = SampleRepro.Recording() with { Exchanges = [.. Enumerable.Range(0, 40).Select(number => new RecordedExchange { Kind = ExchangeKind.Message, OffsetMilliseconds = number })] };
        var part = PhoneRecording.Of(whole, 30, 32);

        Assert.That(part.Exchanges.Select(exchange => (int)exchange.OffsetMilliseconds), Is.EqualTo(new[] { 30, 31, 32 }.Concat(Enumerable.Range(0, 12))));
        Assert.That(part.Items, Is.EqualTo(whole.Items));
    }

    private static async Task<Protocol.Recordings.Recording> RecordAsync(LabPhone phone)
    {
        await using var session = await LabSession.StartAsync(new LabFile { File = "lab.json", Patience = TimeSpan.FromSeconds(30), Phones = [phone] });
        using (var talk = await session.Phone("p").SolicitAsync())
        {
            await talk.AskAsync(ServerAction.ReadItems, new Item("software-version"));
            await talk.EndAsync();
        }

        return PhoneRecording.Of(session, "p")!;
    }

    private static IEnumerable<string> Nonces(Protocol.Recordings.Recording recording) => recording.Exchanges.Where(exchange => exchange.Kind == ExchangeKind.Message)
        .Select(exchange => new Evidence.WireMessage(exchange.Method, exchange.Target, [], exchange.Request.Bytes).Nonce);
}
