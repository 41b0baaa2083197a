using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Xml.Linq;
using System.Xml.Schema;
using NUnit.Framework;
using OpenStage.Harness.Tests.Lab;

namespace OpenStage.Lab.Tests;

/// <summary>Reports of real runs: their forms, rendering them again, and merging them.</summary>
[TestFixture]
public sealed class ReportVerbTests : CommandFixture
{
    private const string OneCase = "case == wpi/1.4.4.1/4";

    [Test]
    public async Task Reports_of_a_real_run_are_what_the_schemas_allow()
    {
        Assert.That(await RunAsync("out", "a", "host-wrong", "section == 1.4.4.1"), Is.EqualTo(1));

        using var schema = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(LabConfig(), "report.schema.json")));
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(In("out", "report.json")));
        Assert.That(new SchemaCheck(schema.RootElement).Allows(json.RootElement), Is.True);
        Assert.That(json.RootElement.GetProperty("rules").GetArrayLength(), Is.GreaterThan(300));
        Assert.That(json.RootElement.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("verdict").GetString()), Does.Contain("pass").And.Contain("fail"));

        var schemas = new XmlSchemaSet();
        schemas.Add(null, Path.Combine(AppContext.BaseDirectory, "reports", "junit-10.xsd"));
        var wrong = new List<string>();
        XDocument.Load(In("out", "junit.xml")).Validate(schemas, (_, error) => wrong.Add(error.Message));
        Assert.That(wrong, Is.Empty);

        Assert.That(await File.ReadAllTextAsync(In("out", "report.md")), Does.Contain("**fail** a: ").And.Contain("See it again: `"));
    }

    [Test]
    public async Task A_report_is_written_again_from_its_JSON_with_what_changed_since_another_run()
    {
        Assert.That(await RunAsync("good", "a", ""), Is.Zero);
        Assert.That(await RunAsync("bad", "a", "host-wrong"), Is.EqualTo(1));
        File.Delete(In("bad", "report.html"));

        Assert.That(await LabCommand.InvokeAsync(["report", In("bad"), "--previous", In("good", "report.json")]), Is.EqualTo(1));
        Assert.That(In("bad", "report.html"), Does.Exist);
        Assert.That(await File.ReadAllTextAsync(In("bad", "report.md")), Does.Contain("1 new failure, 0 mended, 0 still failing."));
        Assert.That(await RunAsync("again", "a", "", OneCase, "--previous", In("bad")), Is.Zero);
        Assert.That(await File.ReadAllTextAsync(In("again", "report.md")), Does.Contain("0 new failures, 1 mended, 0 still failing."));
    }

    [Test]
    public async Task Phones_that_were_run_apart_make_one_report()
    {
        Assert.That(await RunAsync("one", "a", ""), Is.Zero);
        Assert.That(await RunAsync("two", "b", "host-wrong"), Is.EqualTo(1));

        Assert.That(await LabCommand.InvokeAsync(["report", In("one"), In("two"), "--out", In("all")]), Is.EqualTo(1));
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(In("all", "report.json")));
        Assert.That(json.RootElement.GetProperty("phones").EnumerateArray().Select(phone => phone.GetProperty("id").GetString()), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(json.RootElement.GetProperty("results").GetArrayLength(), Is.EqualTo(2));
        foreach (var name in new[] { "report.html", "report.md", "junit.xml" })
            Assert.That(In("all", name), Does.Exist);
    }

    [Test]
    public async Task What_cannot_be_rendered_or_merged_ends_with_2_and_writes_nothing()
    {
        Assert.That(await LabCommand.InvokeAsync(["report"]), Is.EqualTo(2));
        Assert.That(await LabCommand.InvokeAsync(["report", In("none")]), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("none: cannot be read: ").And.Contain("Allowed is a report.json or the folder of a run."));

        Assert.That(await RunAsync("one", "a", ""), Is.Zero);
        Assert.That(await RunPhoneAsync("two", "a", "", "00:1A:E8:00:00:02", OneCase, []), Is.Zero);
        Assert.That(await LabCommand.InvokeAsync(["report", In("one"), In("two")]), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("--out is missing"));
        Assert.That(await LabCommand.InvokeAsync(["report", In("one"), In("one"), "--out", In("all")]), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("is given twice; allowed is each run once."));
        Assert.That(await LabCommand.InvokeAsync(["report", In("one"), In("two"), "--out", In("all")]), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("phones.a.mac: '00:1A:E8:00:00:02' is not allowed; allowed is '00:1A:E8:00:00:01'"));
        Assert.That(In("all"), Does.Not.Exist);
        Assert.That(await LabCommand.InvokeAsync(["report", In("one"), "--out", In("one", "report.json")]), Is.EqualTo(2));
        Assert.That(Errors, Does.Contain("cannot be written"));
        Assert.That(await RunAsync("three", "a", "", OneCase, "--previous", In("none")), Is.EqualTo(2));
        Assert.That(In("three"), Does.Not.Exist);
    }

    private string In(params string[] names) => Path.Combine([Folder, .. names]);

    private Task<int> RunAsync(string name, string phone, string quirk, string where = OneCase, params string[] options) =>
        RunPhoneAsync(name, phone, quirk, phone == "a" ? "00:1A:E8:00:00:01" : "00:1A:E8:00:00:0B", where, options);

    /// <summary>On a thread of its own, so that the inner run sees nothing of the test run around it.</summary>
    private Task<int> RunPhoneAsync(string name, string phone, string quirk, string mac, string where, string[] options)
    {
        var file = In("lab.json");
        var quirks = quirk.Length == 0 ? "" : $"\"{quirk}\"";
        File.WriteAllText(file, $$"""{ "phones": [ { "id": "{{phone}}", "mac": "{{mac}}", "model": "OpenStage 40", "firmware": "V3 R5.12.0", "quirks": [{{quirks}}] } ] }""");
        using (ExecutionContext.SuppressFlow())
            return Task.Run(() => LabCommand.InvokeAsync(["run", file, "--out", In(name), "--where", where, .. options]));
    }

    private static string LabConfig([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "lab-config");
}
