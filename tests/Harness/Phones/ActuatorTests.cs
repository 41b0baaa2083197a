using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using OpenStage.Harness.Clock;
using OpenStage.Harness.Lab;
using OpenStage.Harness.Phones;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Messages;

namespace OpenStage.Harness.Tests.Phones;

[TestFixture]
public sealed class ActuatorTests
{
    [Test]
    public async Task A_command_that_ends_with_0_has_done_it() =>
        await Command("dotnet", "--version").SetAsync(true, "start the call");

    [Test]
    public void A_command_that_ends_otherwise_is_a_lab_error_with_its_exit_code() => Assert.That(
        () => Command("dotnet", "no-such-verb; exit 0").SetAsync(true, "start the call"),
        Throws.TypeOf<LabErrorException>().With.Message.StartsWith("start the call: 'dotnet' ended with exit code ").And.Property(nameof(LabErrorException.Advice)).StartsWith("Run the command by hand"));

    [Test]
    public void A_program_that_is_not_there_is_a_lab_error() => Assert.That(
        () => Command("no-such-program-of-the-lab").SetAsync(true, "start the call"),
        Throws.TypeOf<LabErrorException>().With.Message.Contains("'no-such-program-of-the-lab' cannot be started").And.Property(nameof(LabErrorException.Advice)).StartsWith("Install the program"));

    [TestCase("200 OK", null)]
    [TestCase("204 No Content", null)]
    [TestCase("500 Broken", "answered 500; allowed is 200 to 299")]
    public async Task A_switch_is_asked_with_its_method_and_must_agree(string status, string? problem)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://{listener.LocalEndpoint}/ports/4/off?key=hush";
        var asked = AnswerOneAsync(listener, status);
        var actuator = new RestActuator(new LabActuator { Kind = ActuatorKind.Rest, On = ["http://127.0.0.1:1/"], Off = [url], Method = "PUT" }, TimeProvider.System);

        if (problem is null)
            await actuator.SetAsync(false, "switch off");
        else
            Assert.That(() => actuator.SetAsync(false, "switch off"), Throws.TypeOf<LabErrorException>().With.Message.Contains(problem).And.Message.Not.Contains("hush").And.Property(nameof(LabErrorException.Advice)).StartsWith("Try the switch by hand"));
        Assert.That(await asked, Does.StartWith("PUT /ports/4/off?key=hush HTTP/1.1"));
    }

    [Test]
    public async Task A_person_is_told_what_to_do_and_goes_on_with_Enter()
    {
        using var said = new StringWriter();
        await Prompt(new StringReader("\n"), said, new ManualClock()).SetAsync(true, "put os40 into a call");
        Assert.That(said.ToString(), Does.StartWith("Please do: put os40 into a call."));
    }

    [Test]
    public void A_console_without_a_person_is_a_lab_error() => Assert.That(
        () => Prompt(TextReader.Null, TextWriter.Null, new ManualClock()).SetAsync(true, "put os40 into a call"),
        Throws.TypeOf<LabErrorException>().With.Message.Contains("nobody to ask").And.Property(nameof(LabErrorException.Advice)).StartsWith("Have somebody at the phone"));

    [Test]
    public void A_call_that_was_never_started_is_not_ended() => Assert.That(
        () => new PhysicalActuators(Phone(new LabActuators(null, null, null)), TimeProvider.System, Nobody).EndCallAsync(),
        Throws.Nothing);

    [Test]
    public async Task A_secret_is_not_shown_to_the_console()
    {
        using var said = new StringWriter();
        var prompt = new LabActuator { Kind = ActuatorKind.Prompt };
        var actuators = new PhysicalActuators(Phone(new LabActuators(null, null, prompt)), TimeProvider.System, new ConsolePrompts(new StringReader("\n"), said));
        await actuators.ChangeLocallyAsync([new Item("user-pwd", "4711"), new Item("e164", "31337")]);
        Assert.That(said.ToString(), Does.Contain("e164 to '31337'").And.Not.Contain("4711"));
    }

    [Test]
    public void Capabilities_are_what_the_actuators_and_the_owner_allow()
    {
        var prompt = new LabActuator { Kind = ActuatorKind.Prompt };
        Capability Of(LabActuators has, Consent consent) =>
            new PhysicalActuators(Phone(has) with { Consent = consent }, TimeProvider.System, Nobody).Capabilities;

        Assert.That(Of(LabActuators.None, Consent.All).HasFlag(Capability.Call), Is.False);
        Assert.That(Of(new LabActuators(null, prompt, null), Consent.None).HasFlag(Capability.Call), Is.True);
        Assert.That(Of(new LabActuators(null, null, prompt), Consent.None).HasFlag(Capability.LocalChange), Is.False);
        Assert.That(Of(new LabActuators(null, null, prompt), Consent.ChangeSettings).HasFlag(Capability.LocalChange), Is.True);
    }

    private static ConsolePrompts Nobody => new(TextReader.Null, TextWriter.Null);

    private static LabPhone Phone(LabActuators actuators) => new()
    {
        Id = "os40",
        Kind = PhoneKind.Physical,
        Mac = "00:1A:E8:00:00:01",
        Model = "OpenStage 40",
        Actuators = actuators,
    };

    private static CommandActuator Command(params string[] words) =>
        new(new LabActuator { Kind = ActuatorKind.Command, On = words, Off = ["no-such-program-of-the-lab"] }, TimeProvider.System);

    private static PromptActuator Prompt(TextReader input, TextWriter output, TimeProvider time) =>
        new(new LabActuator { Kind = ActuatorKind.Prompt }, time, new ConsolePrompts(input, output));

    private static async Task<string> AnswerOneAsync(TcpListener listener, string status)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var request = new byte[4096];
        var read = await stream.ReadAsync(request);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        return Encoding.ASCII.GetString(request, 0, read);
    }
}
