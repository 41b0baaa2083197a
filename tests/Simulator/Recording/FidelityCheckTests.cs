using NUnit.Framework;
using OpenStage.Fixtures;
using OpenStage.Protocol.Recordings;
using OpenStage.Protocol.Wire;
using OpenStage.Simulator.Recording;

namespace OpenStage.Simulator.Tests.Recording;

[TestFixture]
public sealed class FidelityCheckTests
{
    private static readonly Protocol.Recordings.Recording Plain = Read("openstage-40-v3r5.json");

    [TestCase("constant-nonce-lower-case.json", "nonce-constant", "mac-lower-case", "status-upper-case")]
    [TestCase("cookie-habit-and-close.json", "cookie-with-attributes", "connection-close")]
    [TestCase("wrong-namespace-no-mark.json", "wrong-namespace", "no-fragment-mark")]
    public void The_model_reproduces_a_recording_when_it_wears_the_same_quirks_and_only_then(string file, params string[] quirks)
    {
        var recording = Read(file);
        Assert.That(Run(recording, quirks).Select(line => line.Fidelity), Is.All.EqualTo(Fidelity.Exact));
        foreach (var left in quirks)
            Assert.That(Run(recording, [.. quirks.Where(quirk => quirk != left)]).Select(line => line.Fidelity), Has.Some.Not.EqualTo(Fidelity.Exact), $"without {left}");
    }

    /// <summary>What the recorded phone said later was not learnt from its texts: only its form and its items were.</summary>
    [TestCase("constant-nonce-lower-case.json")]
    [TestCase("cookie-habit-and-close.json")]
    [TestCase("wrong-namespace-no-mark.json")]
    [TestCase("openstage-15-v2r2.json")]
    public void A_phone_that_has_learnt_the_first_interaction_says_the_rest_in_the_same_form(string file)
    {
        var whole = Read(file);
        var learnt = whole with { Exchanges = [.. whole.Exchanges.TakeWhile((exchange, number) => number == 0 || !exchange.Request.Text!.Contains(">solicited<", StringComparison.Ordinal))] };
        var lines = FidelityCheck.Run(whole, Options(whole) with { Recording = learnt });
        Assert.That(learnt.Exchanges, Has.Count.LessThan(whole.Exchanges.Count / 2 + 1));
        Assert.That(lines.Where(line => line.Fidelity > Fidelity.Canonical).Select(line => $"{line.Number} {line.Said}\n{line.Difference}"), Is.Empty);
    }

    [Test]
    public void A_service_that_deploys_a_file_is_played_with_the_status_that_follows()
    {
        const string Deploy = """<DLSMessage><Message nonce=""><Action>FileDeployment</Action><ItemList><Item name="file-https-base-url">https://127.0.0.1/a.wav</Item><Item name="file-name">a.wav</Item><Item name="file-type">RINGTONE</Item></ItemList></Message></DLSMessage>""";
        const string Status = """<WorkpointMessage><Message nonce="B" maxItems="-1"><ReasonForContact>status</ReasonForContact><ItemList><Item name="file-deployment-date">07:02:2026</Item><Item name="file-deployment-time">10:11:12</Item><Item name="file-deployment-status">ok</Item></ItemList></Message></WorkpointMessage>""";
        var recording = Plain with { Exchanges = [Plain.Exchanges[0] with { Response = new RecordedBody { Text = Deploy } }, Exchange(Status)] };
        var line = Run(recording)[1];
        Assert.That((line.Said, line.Fidelity), Is.EqualTo(("status", Fidelity.Different)));
        Assert.That(line.Difference, Does.Contain("mac-addr").And.Not.Contain("07:02:2026").And.Not.Contain("10:11:12"));
    }

    [Test]
    public void A_recorded_phone_that_told_of_a_file_tells_of_the_next_one_once()
    {
        const string Deploy = """<DLSMessage><Message nonce=""><Action>FileDeployment</Action><ItemList><Item name="file-https-base-url">https://127.0.0.1/a.wav</Item><Item name="file-name">NAME</Item><Item name="file-type">RINGTONE</Item></ItemList></Message></DLSMessage>""";
        var status = Plain.Exchanges[0].Request.Text!.Replace(">start-up<", ">status<", StringComparison.Ordinal).Replace("</ItemList>", """
            <Item name="file-deployment-date">07:02:2026</Item>
            <Item name="file-deployment-time">10:11:12</Item>
            <Item name="file-deployment-name">a.wav</Item>
            <Item name="file-deployment-type">RINGTONE</Item>
            <Item name="file-deployment-status">ok</Item>
            </ItemList>
            """.ReplaceLineEndings("\n").TrimEnd(), StringComparison.Ordinal);
        Protocol.Recordings.Recording Told(string name) => Plain with
        {
            Exchanges = [Plain.Exchanges[0] with { Response = new RecordedBody { Text = Deploy.Replace("NAME", name, StringComparison.Ordinal) } }, Plain.Exchanges[0] with { Request = new RecordedBody { Text = status.Replace("a.wav", name, StringComparison.Ordinal) }, Response = new RecordedBody() }],
        };
        var lines = FidelityCheck.Run(Told("b.wav"), Options(Plain) with { Recording = Told("a.wav") });
        Assert.That(lines.Select(line => (line.Said, line.Fidelity)), Is.EqualTo(new[] { ("start-up", Fidelity.Exact), ("status", Fidelity.Exact) }), lines[1].Difference);
    }

    [Test]
    public void A_recorded_phone_reports_another_local_change_in_its_own_order()
    {
        const string DeviceType = "<Item name=\"device-type\">OpenStage 40</Item>\n";
        var change = Plain.Exchanges.First(exchange => exchange.Request.Text!.Contains(">local-changes<", StringComparison.Ordinal));
        var moved = change.Request.Text!.Replace(DeviceType, "", StringComparison.Ordinal).Replace("<Item name=\"part-number\">", DeviceType + "<Item name=\"part-number\">", StringComparison.Ordinal);
        Protocol.Recordings.Recording Changed(string value) => Plain with
        {
            Exchanges = [Plain.Exchanges[0] with { Response = new RecordedBody() }, change with { Request = new RecordedBody { Text = moved.Replace("<Item name=\"vlan-method\">2<", $"<Item name=\"vlan-method\">{value}<", StringComparison.Ordinal) } }],
        };
        Assert.That(Changed("0").Exchanges[1].Request.Text, Is.Not.EqualTo(moved));
        var lines = FidelityCheck.Run(Changed("0"), Options(Plain) with { Recording = Changed("2") });
        Assert.That(lines[1].Fidelity, Is.EqualTo(Fidelity.Exact), lines[1].Difference);
    }

    [Test]
    public void An_item_that_stands_elsewhere_is_a_difference_that_is_shown()
    {
        var first = Plain.Exchanges[0];
        var moved = first.Request.Text!.Replace("<Item name=\"device-type\">OpenStage 40</Item>\n", "", StringComparison.Ordinal)
            .Replace("</ItemList>", "<Item name=\"device-type\">OpenStage 40</Item>\n</ItemList>", StringComparison.Ordinal);
        var line = Run(Plain with { Exchanges = [first with { Request = new RecordedBody { Text = moved } }] })[0];
        Assert.That(line.Fidelity, Is.EqualTo(Fidelity.Different));
        Assert.That(line.Difference.Split('\n'), Has.Length.EqualTo(2).And.All.EndsWith("name=\"device-type\": OpenStage 40"));
    }

    [Test]
    public void Another_MAC_address_is_a_difference() =>
        Assert.That(FidelityCheck.Run(Plain, Options(Plain) with { Mac = "00:1A:E8:00:00:99" })[0].Difference, Does.Contain("00:1A:E8:00:00:99"));

    [Test]
    public void A_nonce_that_is_used_again_is_a_difference_in_bytes()
    {
        var nonce = MessageLines.NonceOf(Plain.Exchanges[0].Request.Text!);
        var recording = Plain with { Exchanges = [.. Plain.Exchanges.Select(exchange => exchange.Kind == ExchangeKind.Message ? exchange with { Request = new RecordedBody { Text = MessageLines.WithNonce(exchange.Request.Text!, nonce) } } : exchange)] };
        var line = Run(recording).Where(line => line.Said != "contact-me").ElementAt(1);
        Assert.That((line.Fidelity, line.Difference), Is.EqualTo((Fidelity.Canonical, "- (nonce: as before)\n+ (nonce: new)")));
    }

    [Test]
    public void A_message_too_many_is_shown_and_the_rest_is_still_compared()
    {
        var lines = Run(Plain, "answers-clean-up");
        Assert.That(lines.Where(line => line.Fidelity == Fidelity.Surplus).Select(line => line.Said), Is.Not.Empty.And.All.EqualTo("reply-to CleanUp"));
        Assert.That(lines.Last(line => line.Fidelity != Fidelity.Surplus).Fidelity, Is.EqualTo(Fidelity.Exact));
        Assert.That(lines[^1], Has.Property(nameof(FidelityLine.Number)).EqualTo(0).And.Property(nameof(FidelityLine.Fidelity)).EqualTo(Fidelity.Surplus));
    }

    [Test]
    public void A_message_that_is_not_said_is_missing_and_the_rest_is_still_compared()
    {
        var lines = Run(Plain, "local-changes-missing");
        Assert.That(lines.Single(line => line.Fidelity == Fidelity.Missing).Said, Is.EqualTo("local-changes"));
        Assert.That(lines[^1].Fidelity, Is.Not.EqualTo(Fidelity.Missing));
    }

    [Test]
    public void A_recording_of_a_phone_that_was_on_already_is_reproduced()
    {
        var started = Plain.Exchanges.ToList().FindIndex(exchange => exchange.Kind == ExchangeKind.ContactMe);
        var lines = Run(Plain with { Exchanges = [.. Plain.Exchanges.Skip(started)] });
        Assert.That(started, Is.GreaterThan(0));
        Assert.That(lines.Select(line => line.Said).Take(2), Is.EqualTo(new[] { "contact-me", "solicited" }));
        Assert.That(lines[1].Fidelity, Is.EqualTo(Fidelity.Exact), lines[1].Difference);
    }

    [Test]
    public void A_contact_me_that_reached_no_phone_is_not_played()
    {
        var contact = Plain.Exchanges.First(exchange => exchange.Kind == ExchangeKind.ContactMe);
        var lines = Run(Plain with { Exchanges = [contact with { Status = null }, Plain.Exchanges[0]] });
        Assert.That(lines.Select(line => (line.Number, line.Fidelity)), Is.EqualTo(new[] { (2, Fidelity.Exact) }));
    }

    [Test]
    public void Another_answer_to_contact_me_is_a_difference()
    {
        var contact = Plain.Exchanges.First(exchange => exchange.Kind == ExchangeKind.ContactMe);
        var lines = Run(Plain with { Exchanges = [Plain.Exchanges[0] with { Status = 204, Response = new RecordedBody() }, contact with { Status = 503 }, contact with { ResponseHeaders = [] }] });
        Assert.That(lines.Skip(1).Select(line => line.Fidelity).Take(2), Is.EqualTo(new[] { Fidelity.Different, Fidelity.Canonical }));
        Assert.That(lines[1].Difference, Is.EqualTo("- status 503\n+ status 204"));
    }

    [Test]
    public void A_recorded_message_that_is_no_XML_is_a_difference_and_never_an_exception()
    {
        var broken = Plain.Exchanges[0] with { Request = new RecordedBody { Base64 = Convert.ToBase64String([0xFF, 0x00, 0x3C]) } };
        Assert.That(Run(Plain with { Exchanges = [broken, Plain.Exchanges[0]] }).Select(line => line.Fidelity), Is.EqualTo(new[] { Fidelity.Missing, Fidelity.Exact }));
    }

    [Test]
    public void A_phone_that_speaks_UTF_16_after_a_recording_does_so_again()
    {
        var spoken = Plain with
        {
            Exchanges = [.. Plain.Exchanges.Select(exchange => exchange.Kind == ExchangeKind.Message ? exchange with { Request = RecordedBody.Of(System.Text.Encoding.Unicode.GetBytes(exchange.Request.Text!)) } : exchange)],
        };
        Assert.That(FidelityCheck.Run(spoken, Options(spoken) with { Recording = spoken })[0].Fidelity, Is.EqualTo(Fidelity.Exact));
    }

    private static IReadOnlyList<FidelityLine> Run(Protocol.Recordings.Recording recording, params string[] quirks) =>
        FidelityCheck.Run(recording, Options(recording) with { Quirks = quirks });

    private static RecordedExchange Exchange(string request) => new() { Kind = ExchangeKind.Message, Method = "POST", Target = "/", Request = new RecordedBody { Text = request }, Status = 204, Response = new RecordedBody() };

    private static PhoneOptions Options(Protocol.Recordings.Recording recording) => new()
    {
        Server = new Uri("https://127.0.0.1:18443"),
        Model = recording.Device.Model,
        Firmware = recording.Device.Firmware,
        Mac = recording.Device.Mac,
        Address = "127.0.0.1",
    };

    private static Protocol.Recordings.Recording Read(string file) =>
        RecordingFile.Parse(file, File.ReadAllText(Path.Combine(Path.GetDirectoryName(MessageFiles.Root)!, "recordings", file)));
}
