using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Server.Configuration;

namespace OpenStage.Server.Tests.Start;

/// <summary>The verbs of the command, with their exit codes.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class VerbTests
{
    [TestCase("--colour", "red")]
    [TestCase("backup")]
    [TestCase("sing")]
    public async Task A_command_line_that_is_none_ends_with_exit_code_2(params string[] arguments)
    {
        var (exitCode, _, error) = await CommandProcess.RunAsync(arguments);
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(error, Does.StartWith("error: "));
    }

    [Test]
    public async Task Check_config_prints_each_setting_but_no_secret()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "server.json");
        await File.WriteAllTextAsync(file, """{ "database": "Host=x;Password=hunter2", "contactGapSeconds": 12, "log": { "level": "debug" } }""");
        var (exitCode, output, _) = await CommandProcess.RunAsync("check-config", file);
        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.Contain("contactGapSeconds = 12").And.Contain("log.level = debug").And.Contain("database = (not shown)"));
        Assert.That(output, Does.Not.Contain("hunter2"));
        Assert.That(output.Trim().Split('\n'), Has.Length.EqualTo(Settings.All.Count));
    }

    [Test]
    public async Task Check_config_and_the_start_say_the_same_of_a_file_that_is_wrong()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "server.json");
        await File.WriteAllTextAsync(file, "{\n  \"phonePort\": 70000\n}");
        var data = Path.Combine(folder.Path, "data");
        var check = await CommandProcess.RunAsync("check-config", file);
        var start = await CommandProcess.RunAsync("--config", file, "--data", data);
        Assert.That(check.ExitCode, Is.EqualTo(2));
        Assert.That(check.Error, Is.EqualTo($"error: {file}:2: phonePort: '70000' is not allowed; allowed is 0 to 65535.{Environment.NewLine}"));
        Assert.That((start.ExitCode, start.Error), Is.EqualTo((check.ExitCode, check.Error)));
        Assert.That(Path.Exists(data), Is.False);
    }

    [Test]
    public async Task Health_asks_the_configured_server_and_ends_with_0_or_3()
    {
        await using var lab = await RunningServer.StartAsync();
        var ready = await CommandProcess.RunAsync("health", "--admin-port", $"{lab.Server.AdminUrl.Port}");
        Assert.That(ready.ExitCode, Is.Zero);
        Assert.That(JsonNode.Parse(ready.Output)!["ready"]!.GetValue<bool>(), Is.True);
        await lab.Server.StopAsync(CancellationToken.None);
        var stopping = await CommandProcess.RunAsync("health", "--url", lab.Server.AdminUrl.ToString());
        Assert.That(stopping.ExitCode, Is.EqualTo(3));
        Assert.That(JsonNode.Parse(stopping.Output)!["ready"]!.GetValue<bool>(), Is.False);
    }

    [Test]
    public async Task Health_of_nobody_ends_with_3_and_of_no_address_with_2()
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        var nobody = await CommandProcess.RunAsync("health", "--url", $"http://127.0.0.1:{port}");
        Assert.That(nobody.ExitCode, Is.EqualTo(3));
        Assert.That(nobody.Error, Does.StartWith($"error: http://127.0.0.1:{port}/ does not answer: "));
        var wrong = await CommandProcess.RunAsync("health", "--url", "ftp://127.0.0.1");
        Assert.That(wrong.ExitCode, Is.EqualTo(2));
        Assert.That(wrong.Error, Does.StartWith("error: --url 'ftp://127.0.0.1': allowed is an http or https address"));
    }

    [Test]
    public async Task A_backup_is_made_while_the_server_runs_and_restored_when_it_has_ended()
    {
        using var folder = new TemporaryFolder();
        var (data, file) = (Path.Combine(folder.Path, "data"), Path.Combine(folder.Path, "store.zip"));
        Directory.CreateDirectory(data);
        await File.WriteAllBytesAsync(Path.Combine(data, "server.pfx"), RunningServer.Certificate.Value);
        await using (var server = CommandProcess.Start(new Dictionary<string, string>(), "--data", data, "--port", "0", "--secure-port", "0", "--admin-port", "0"))
        {
            var url = new Uri(await server.LineAsync("Phones:"));
            await server.LineAsync("Ctrl-C");
            using (var phone = new TestPhone(url))
                await phone.RegisterAsync();
            var backup = await CommandProcess.RunAsync("backup", file, "--data", data);
            Assert.That(backup.ExitCode, Is.Zero, backup.Error);
            Assert.That(backup.Output, Does.StartWith($"{file}: ").And.Contain("It opens only with the key"));
            var early = await CommandProcess.RunAsync("restore", file, "--data", data, "--replace");
            Assert.That(early.ExitCode, Is.EqualTo(2));
            Assert.That(early.Error, Does.StartWith("error: A server has the store open"));
        }

        var again = await CommandProcess.RunAsync("restore", file, "--data", data, "--replace");
        Assert.That(again.ExitCode, Is.Zero, again.Error);
        Assert.That(again.Output, Does.StartWith("restored: "));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no such signals.")]
    public async Task The_log_in_JSON_is_JSON_in_every_line_and_levels_hold_for_their_categories()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "server.pfx"), RunningServer.Certificate.Value);
        var environment = new Dictionary<string, string>
        {
            ["OPENSTAGE_LOG_LEVELS"] = "OpenStage.Server.PhoneEndpoint=debug",
            ["OPENSTAGE_PHONE_PROT"] = "1",
        };
        await using var server = CommandProcess.Start(environment, "--data", folder.Path, "--port", "0", "--secure-port", "0", "--admin-port", "0", "--log", "json");
        while (!server.Output.Contains("\"EventId\":6001", StringComparison.Ordinal))
            await server.LineAsync("{");
        var url = new Uri(JsonNode.Parse(server.Output.Trim().Split('\n')[^1])!["State"]!["PhoneUrl"]!.GetValue<string>());
        using (var phone = new TestPhone(url))
            await phone.RegisterAsync();
        server.Signal(CommandProcess.Terminate);
        var (exitCode, output, _) = await server.EndAsync();
        Assert.That(exitCode, Is.Zero);
        var lines = output.Trim().Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        var numbers = lines.Select(line => line["EventId"]!.GetValue<int>()).ToList();
        Assert.That(numbers, Does.Contain(6004).And.Contain(6003), "the mistyped variable, and the end");
        var answered = lines.First(line => line["EventId"]!.GetValue<int>() == 1001);
        Assert.That(answered["LogLevel"]!.GetValue<string>(), Is.EqualTo("Debug"));
        Assert.That(answered["State"]!["Mac"]!.GetValue<string>(), Is.EqualTo(PhoneTalk.Mac));
    }
}
