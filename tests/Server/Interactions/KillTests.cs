using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Protocol.Messages;
using OpenStage.Protocol.Xml;

namespace OpenStage.Server.Tests.Interactions;

/// <summary>The built server as a process of its own, killed between messages.</summary>
[NonParallelizable]
public sealed class KillTests
{
    private readonly HttpClient admin = new();
    private TemporaryFolder folder = null!;
    private Process? server;
    private Uri phoneUrl = null!;
    private int phonePort;
    private int adminPort;

    [SetUp]
    public void Prepare()
    {
        folder = new TemporaryFolder();
        (phonePort, adminPort) = FreePorts();
    }

    [TearDown]
    public async Task End()
    {
        await KillAsync();
        folder.Dispose();
    }

    [OneTimeTearDown]
    public void Close() => admin.Dispose();

    /// <param name="killAfter">Number of the phone's message after which the server dies; its answer may or may not arrive.</param>
    [Test]
    public async Task A_write_in_two_parts_survives_SIGKILL_after_each_message_and_is_done_once([Range(1, 4)] int killAfter)
    {
        await StartAsync();
        using var phone = new TestPhone(phoneUrl) { MaxItems = 1 };
        var job = await CreateJobAsync();
        var written = new List<string>();
        var sent = 0;
        var next = phone.Initiating("start-up", true);
        while (true)
        {
            var answer = await SendAsync(phone, next);
            if (++sent == killAfter)
            {
                // The answer is taken to be lost: the phone repeats its message to the server that comes up again.
                await KillAsync();
                await StartAsync();
                var again = await SendAsync(phone, next);
                Assert.That(DlsWriter.Write(again), Is.EqualTo(DlsWriter.Write(answer)), "the same answer again");
            }

            if (answer.Action == ServerAction.CleanUp)
                break;
            written.AddRange(answer.Action == ServerAction.WriteItems ? answer.Items!.Select(item => item.Name) : []);
            next = phone.Reply(Wording.Of(answer.Action));
        }

        var done = await admin.GetFromJsonAsync<JsonObject>(new Uri($"{AdminUrl}/api/jobs/{job}"));
        Assert.That(done!["state"]!.GetValue<string>(), Is.EqualTo("Succeeded"));
        Assert.That(done["attempts"]!.GetValue<int>(), Is.Zero);
        Assert.That(written, Is.EqualTo(new[] { "sntp-addr", "dhcp" }));
        Assert.That(sent, Is.EqualTo(4));
    }

    [Test]
    public async Task A_port_in_use_is_named_and_ends_with_exit_code_2()
    {
        using var taken = new TcpListener(IPAddress.Loopback, phonePort);
        taken.Start();
        server = Launch();
        var error = await server.StandardError.ReadToEndAsync();
        await server.WaitForExitAsync();
        Assert.That(server.ExitCode, Is.EqualTo(2));
        Assert.That(error, Does.Contain(phonePort.ToString(CultureInfo.InvariantCulture)));
    }

    private string AdminUrl => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{adminPort}");

    private static async Task<DlsMessage> SendAsync(TestPhone phone, string body)
    {
        var bytes = await phone.PostAsync(Encoding.UTF8.GetBytes(body));
        return DlsReader.Read(bytes).Message!;
    }

    private async Task<long> CreateJobAsync()
    {
        using var response = await admin.PostAsJsonAsync(new Uri($"{AdminUrl}/api/jobs"), new
        {
            mac = PhoneTalk.Mac,
            kind = "WriteItems",
            items = new[] { new { name = "sntp-addr", value = "ntp.example.net" }, new { name = "dhcp", value = "true" } },
        });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!["id"]!.GetValue<long>();
    }

    private async Task StartAsync()
    {
        server = Launch();
        // The server says that it is ready by printing its addresses.
        while (await server.StandardOutput.ReadLineAsync(RunningServer.Patience()) is { } line)
        {
            if (line.StartsWith("Phones:", StringComparison.Ordinal))
                phoneUrl = new Uri(line["Phones:".Length..].Trim());
            if (line.StartsWith("Administration:", StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"The server did not start: {await server.StandardError.ReadToEndAsync()}");
    }

    private Process Launch() => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList =
        {
            typeof(ProvisioningServer).Assembly.Location, "--data", folder.Path,
            "--port", phonePort.ToString(CultureInfo.InvariantCulture), "--admin-port", adminPort.ToString(CultureInfo.InvariantCulture),
        },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private async Task KillAsync()
    {
        if (server is null)
            return;
        if (!server.HasExited)
            server.Kill();
        await server.WaitForExitAsync();
        server.Dispose();
        server = null;
    }

    /// <summary>Ports that were free a moment ago: the server must come up again on the one the phone knows.</summary>
    private static (int, int) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
