using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace OpenStage.Simulator.Tests;

[TestFixture]
public sealed class SimulatorCommandTests
{
    private StringWriter errors = null!;
    private StringWriter output = null!;
    private (TextWriter Error, TextWriter Out) before;

    [SetUp]
    public void Redirect()
    {
        before = (Console.Error, Console.Out);
        Console.SetError(errors = new StringWriter());
        Console.SetOut(output = new StringWriter());
    }

    [TearDown]
    public void Restore()
    {
        Console.SetError(before.Error);
        Console.SetOut(before.Out);
        errors.Dispose();
        output.Dispose();
    }

    [Test]
    public async Task Health_ends_with_0_when_the_control_port_answers_and_with_3_when_not()
    {
        int port;
        await using (var control = await OpenStage.Simulator.Control.ControlApi.StartAsync([], new OpenStage.Simulator.Control.ControlLog(null), 0, CancellationToken.None))
        {
            port = control.Url.Port;
            Assert.That(await SimulatorCommand.InvokeAsync(["health", "--control-port", $"{port}"]), Is.Zero);
        }

        Assert.That(await SimulatorCommand.InvokeAsync(["health", "--control-port", $"{port}"]), Is.EqualTo(3));
        Assert.That(errors.ToString(), Does.StartWith($"The control port {port} does not answer: "));
    }

    [Test]
    public async Task A_broken_model_file_ends_with_exit_code_2_and_its_place()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "{\n  \"deviceType\": \"X\",\n  \"colour\": 2 }");
        Assert.That(await SimulatorCommand.InvokeAsync(["phone", "--server", "https://127.0.0.1:1", "--mac", "00:1A:E8:00:00:01", "--model-file", file]), Is.EqualTo(2));
        Assert.That(errors.ToString(), Does.Contain($"{Path.GetFileName(file)}:3: $.colour"));
        File.Delete(file);
    }

    [Test]
    public async Task A_broken_recording_ends_with_exit_code_2_and_its_place()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "{\n  \"schemaVersion\": 1,\n  \"colour\": 2 }");
        Assert.That(await SimulatorCommand.InvokeAsync(["phone", "--server", "https://127.0.0.1:1", "--recording", file]), Is.EqualTo(2));
        Assert.That(errors.ToString(), Does.Contain($"{Path.GetFileName(file)}:3: $.colour"));
        File.Delete(file);
    }

    [TestCase("no address", "00:1A:E8:00:00:01", "OpenStage 40", "none", "server 'no address' is not allowed; allowed is an https address")]
    [TestCase("http://127.0.0.1", "00:1A:E8:00:00:01", "OpenStage 40", "none", "server 'http://127.0.0.1/' is not allowed")]
    [TestCase("https://127.0.0.1", "1A", "OpenStage 40", "none", "mac '1A' is not allowed")]
    [TestCase("https://127.0.0.1", "00:1A:E8:00:00:01", "OpenStage", "none", "model 'OpenStage' is not allowed; allowed is OpenStage 15")]
    [TestCase("https://127.0.0.1", "00:1A:E8:00:00:01", "OpenStage 40", "no-such-quirk", "quirk 'no-such-quirk' is not allowed; allowed is the name of a quirk")]
    public async Task A_phone_that_cannot_be_made_ends_with_exit_code_2(string server, string mac, string model, string quirk, string expected)
    {
        string[] wears = quirk == "none" ? [] : ["--quirk", quirk];
        Assert.That(await SimulatorCommand.InvokeAsync(["phone", "--server", server, "--mac", mac, "--model", model, "--address", "127.0.0.1", .. wears]), Is.EqualTo(2));
        Assert.That(errors.ToString(), Does.Contain(expected));
    }

    [Test]
    public async Task A_control_port_in_use_ends_with_exit_code_2_and_its_number()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        Assert.That(
            await SimulatorCommand.InvokeAsync(["phone", "--server", "https://127.0.0.1:1", "--mac", "00:1A:E8:00:00:09", "--model", "OpenStage 40", "--address", "127.30.0.9", "--control-port", $"{port}"]),
            Is.EqualTo(2));
        Assert.That(errors.ToString(), Does.Contain($"{port}"));
    }

    [TestCase("fone")]
    [TestCase("phone")]
    public async Task A_command_line_that_cannot_be_used_ends_with_exit_code_2(string verb)
    {
        Assert.That(await SimulatorCommand.InvokeAsync([verb]), Is.EqualTo(2));
        Assert.That(errors.ToString(), Is.Not.Empty);
    }

    [TestCase("models", "OpenStage 20E")]
    [TestCase("quirks", "send-solicited-forgotten")]
    public async Task Models_and_quirks_are_listed(string verb, string expected)
    {
        Assert.That(await SimulatorCommand.InvokeAsync([verb]), Is.Zero);
        Assert.That(output.ToString(), Does.Contain(expected));
    }
}
