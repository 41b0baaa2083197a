using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace OpenStage.Lab.Tests;

[TestFixture]
public sealed class BadInputTests : CommandFixture
{
    [TestCase("--server", "http://127.0.0.1", "--server 'http://127.0.0.1' is not allowed; allowed is an https address")]
    [TestCase("--listen", "here", "--listen 'here' is not allowed; allowed is an address with a port")]
    [TestCase("--contact-listen", "here", "--contact-listen 'here' is not allowed")]
    public async Task A_recording_that_cannot_be_made_ends_with_exit_code_2(string option, string value, string expected)
    {
        string[] server = option == "--server" ? [] : ["--server", "https://127.0.0.1:1"];
        Assert.That(await LabCommand.InvokeAsync(["record", .. server, option, value]), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain(expected));
    }

    [TestCase("0.0.0.0:0", "--listen '0.0.0.0:0' is not allowed; allowed is one address of this machine")]
    [TestCase("192.0.2.1:0", "--listen 192.0.2.1:0: ")]
    public async Task A_recorder_where_nobody_can_call_it_ends_with_exit_code_2_and_leaves_no_file(string listen, string expected)
    {
        var file = Path.Combine(Folder, "out.json");
        Assert.That(await LabCommand.InvokeAsync(["record", "--server", "https://127.0.0.1:1", "--listen", listen, "--contact-listen", "127.0.0.1:0", "--out", file]), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain(expected));
        Assert.That(file, Does.Not.Exist);
    }

    [Test]
    public async Task A_recording_that_could_not_be_written_ends_with_exit_code_2_before_it_begins()
    {
        var file = Path.Combine(Folder, "none", "out.json");
        Assert.That(await LabCommand.InvokeAsync(["record", "--server", "https://127.0.0.1:1", "--listen", "127.0.0.1:0", "--contact-listen", "127.0.0.1:0", "--out", file]), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain($"--out '{file}' cannot be written"));
    }

    [Test]
    public async Task A_recording_without_exchanges_ends_with_exit_code_2_as_nothing_was_compared()
    {
        var file = Write("""{ "schemaVersion": 1, "device": { "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40", "firmware": "V3 R5.12.0" }, "exchanges": [], "items": [] }""");
        Assert.That(await LabCommand.InvokeAsync(["fidelity", file]), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("$.exchanges: the list is empty; allowed is at least one exchange"));
    }

    [TestCase("{ \"schemaVersion\": 1,\n \"colour\": 1 }", ":2: $.colour")]
    [TestCase("", ":1: ")]
    public async Task A_recording_that_cannot_be_read_ends_with_exit_code_2_and_the_place(string text, string expected)
    {
        var file = Write(text);
        Assert.That(await LabCommand.InvokeAsync(["fidelity", file]), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain(Path.GetFileName(file) + expected));
    }

    [Test]
    public async Task A_recording_that_is_not_there_or_a_model_that_is_none_ends_with_exit_code_2()
    {
        Assert.That(await LabCommand.InvokeAsync(["fidelity", Path.Combine(Folder, "none.json")]), Is.EqualTo(2));
        var file = Write("""
            { "schemaVersion": 1, "device": { "mac": "00:1A:E8:00:00:01", "model": "OpenStage 41", "firmware": "V3 R5.12.0" }, "items": [], "exchanges": [ {
              "kind": "message", "offsetMilliseconds": 0, "durationMilliseconds": 1, "method": "POST", "target": "/", "requestHeaders": [], "request": {} } ] }
            """);
        Assert.That(await LabCommand.InvokeAsync(["fidelity", file]), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("model 'OpenStage 41' is not allowed"));
    }

    [TestCase("OpenStage 40", 0)]
    [TestCase("OpenStage 15", 1)]
    public async Task Fidelity_ends_with_1_when_the_model_says_something_else(string model, int expected)
    {
        var file = Write("""
            { "schemaVersion": 1, "device": { "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40", "firmware": "V3 R5.12.0" }, "items": [], "exchanges": [ {
              "kind": "message", "offsetMilliseconds": 0, "durationMilliseconds": 1, "method": "POST", "target": "/", "requestHeaders": [], "status": 200, "response": { "text": "" },
              "request": { "text": "MESSAGE" } } ] }
            """.Replace("MESSAGE", await StartUpAsync(), StringComparison.Ordinal));
        Assert.That(await LabCommand.InvokeAsync(["fidelity", file, "--model", model]), Is.EqualTo(expected));
    }

    /// <summary>The start-up of an OpenStage 40 as it stands in a golden transcript, for a JSON text.</summary>
    private static async Task<string> StartUpAsync()
    {
        var flow = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "flows", "7.09-restart.flow"));
        var start = flow.LastIndexOf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Workpoint", StringComparison.Ordinal);
        var end = flow.IndexOf("</WorkpointMessage>", start, StringComparison.Ordinal) + "</WorkpointMessage>".Length;
        var text = flow[start..end].Replace("V3 R3.24.0", "V3 R5.12.0", StringComparison.Ordinal);
        return text.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
    }

    [Test]
    public async Task A_lab_file_with_an_unknown_key_ends_with_exit_code_2_and_the_place()
    {
        var file = Write("""
            {
              "fones": []
            }
            """);
        Assert.That(await LabCommand.InvokeAsync(["run", file, "--out", Folder]), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain($"{file}:2:12: fones: unknown key; allowed are"));
    }

    [Test]
    public async Task A_missing_lab_file_ends_with_exit_code_2()
    {
        Assert.That(await LabCommand.InvokeAsync(["run", Path.Combine(Folder, "none.json"), "--out", Folder]), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("none.json: cannot be read"));
    }

    [TestCase("section = 3.6.4")]
    [TestCase("colour == red")]
    [TestCase("case =~ (")]
    public async Task A_filter_that_cannot_be_used_ends_with_exit_code_2(string where)
    {
        Assert.That(await LabCommand.InvokeAsync(["run", "--out", Folder, "--where", where]), Is.EqualTo(2));
        Assert.That(Errors, Does.StartWith("--where: '"));
    }

    [TestCase("rum")]
    [TestCase("run", "--sed", "1")]
    [TestCase("run", "--seed", "one")]
    public async Task A_command_line_that_cannot_be_used_ends_with_exit_code_2(params string[] args)
    {
        Assert.That(await LabCommand.InvokeAsync(args), Is.EqualTo(2));
        Assert.That(Errors, Is.Not.Empty);
    }

    [Test]
    public async Task A_port_in_use_is_a_lab_error_that_names_the_port()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        var file = Write($$"""
            { "server": { "phonePort": {{port}} }, "phones": [ { "id": "a", "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40" } ] }
            """);

        Assert.That(await RunApartAsync(["run", file, "--out", Folder]), Is.EqualTo(3));
        var report = await File.ReadAllTextAsync(Path.Combine(Folder, "report.json"));
        Assert.That(report, Does.Contain($"{port}").And.Contain("cannot listen"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(Folder, "junit.xml")), Does.Contain("<error"));
    }

    [Test]
    public async Task A_phone_whose_address_is_taken_is_a_lab_error_that_names_it()
    {
        using var holder = new TcpListener(IPAddress.Parse("127.0.0.1"), 8085);
        holder.Start();
        var file = Write("""
            { "phones": [ { "id": "a", "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40", "address": "127.0.0.1" } ] }
            """);

        Assert.That(await RunApartAsync(["run", file, "--out", Folder]), Is.EqualTo(3));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(Folder, "report.json")), Does.Contain("contact-me port 8085 of 127.0.0.1 cannot be used"));
    }

    [Test]
    public async Task A_phone_that_fails_ends_with_exit_code_1_and_leaves_the_reports()
    {
        var file = Write("""
            { "phones": [ { "id": "a", "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40", "quirks": ["wrong-root"] } ] }
            """);

        Assert.That(await RunApartAsync(["run", file, "--out", Folder, "--where", "case == wpi/3.3/1"]), Is.EqualTo(1));
        foreach (var name in new[] { "report.html", "report.json", "junit.xml", Path.Combine("transcripts", "a.jsonl") })
            Assert.That(Path.Combine(Folder, name), Does.Exist);
    }

    [Test]
    public async Task A_phone_that_never_answers_is_a_lab_error_and_the_run_ends()
    {
        var file = Write("""
            { "phones": [ { "id": "a", "mac": "00:1A:E8:00:00:01", "model": "OpenStage 40", "quirks": ["contact-me-ignored"] } ] }
            """);

        Assert.That(await RunApartAsync(["run", file, "--out", Folder, "--where", "section == 3.4"]), Is.EqualTo(3));
    }

    private string Write(string json)
    {
        var file = Path.Combine(Folder, "lab.json");
        File.WriteAllText(file, json);
        return file;
    }

    /// <summary>On a thread of its own, so that the inner run sees nothing of the test run around it.</summary>
    private static Task<int> RunApartAsync(string[] args)
    {
        using (ExecutionContext.SuppressFlow())
            return Task.Run(() => LabCommand.InvokeAsync(args));
    }
}
