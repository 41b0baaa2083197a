using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace OpenStage.Lab.Tests;

[TestFixture]
public sealed class ServeVerbTests : CommandFixture
{
    [Test]
    public async Task A_run_is_shown_and_ends_with_its_report_and_exit_code()
    {
        Assert.That(await ServeAsync("0", "--where", "case == wpi/3.3/1 and phone == os40"), Is.Zero);
        Assert.That(Output, Does.Contain("The run is shown at http://127.0.0.1:"));
        Assert.That(Path.Combine(Folder, "report.html"), Does.Exist);
    }

    [TestCase("70000")]
    [TestCase("-1")]
    public async Task A_port_that_is_none_ends_with_2(string port)
    {
        Assert.That(await ServeAsync(port), Is.EqualTo(LabCommand.UsageError));
        Assert.That(Errors, Does.Contain($"--port '{port}' is not allowed; allowed is 0 to 65535."));
    }

    [Test]
    public async Task A_port_in_use_is_a_lab_error()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        Assert.That(await ServeAsync($"{((IPEndPoint)taken.LocalEndpoint).Port}"), Is.EqualTo(LabCommand.LabError));
        Assert.That(Errors, Does.Contain("Free the port, or give another one"));
    }

    private Task<int> ServeAsync(string port, params string[] options) =>
        LabCommand.InvokeAsync(["serve", "--once", "--port", port, "--out", Folder, .. options]);
}
