using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using System.Xml.Schema;
using NUnit.Framework;
using OpenStage.Harness.Reports;
using OpenStage.Harness.Verdicts;
using OpenStage.Protocol.Wire;

namespace OpenStage.Harness.Tests.Reports;

[TestFixture]
public sealed class ReportWriterTests
{
    private const string Strange = "</script> & \u0001 \ud800 ]]> \"é😀\"";

    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("openstage-report-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void JUnit_is_valid_and_its_counts_agree()
    {
        ReportWriter.Write(Report(), folder);
        var junit = XDocument.Load(Path.Combine(folder, "junit.xml"));

        var schemas = new XmlSchemaSet();
        schemas.Add(null, Path.Combine(AppContext.BaseDirectory, "reports", "junit-10.xsd"));
        var errors = new List<string>();
        junit.Validate(schemas, (_, error) => errors.Add(error.Message));
        Assert.That(errors, Is.Empty);

        var suite = junit.Root!.Elements("testsuite").First();
        Assert.That((int?)suite.Attribute("tests"), Is.EqualTo(4));
        Assert.That((int?)suite.Attribute("failures"), Is.EqualTo(suite.Descendants("failure").Count()).And.EqualTo(1));
        Assert.That((int?)suite.Attribute("errors"), Is.EqualTo(suite.Descendants("error").Count()).And.EqualTo(1));
        Assert.That((int?)suite.Attribute("skipped"), Is.EqualTo(suite.Descendants("skipped").Count()).And.EqualTo(1));
    }

    [Test]
    public void An_expired_entry_of_the_baseline_is_a_failure_in_JUnit_and_of_the_run()
    {
        var report = Report() with { LabErrors = [], Results = [Result("1", Verdict.ExpectedFailure)], BaselineErrors = ["b.json:5: expired"] };
        ReportWriter.Write(report, folder);
        var suite = XDocument.Load(Path.Combine(folder, "junit.xml")).Root!.Elements("testsuite").Single(suite => (string?)suite.Attribute("name") == "baseline");
        Assert.That((int?)suite.Attribute("failures"), Is.EqualTo(1));
        Assert.That((string?)suite.Descendants("failure").Single().Attribute("message"), Is.EqualTo("b.json:5: expired"));
        Assert.That(RunSummary.Of(report).ExitCode, Is.EqualTo(1));
        Assert.That(RunSummary.Of(report with { BaselineErrors = [] }).ExitCode, Is.Zero);
    }

    [Test]
    public void Characters_that_XML_cannot_carry_become_visible()
    {
        ReportWriter.Write(Report(), folder);
        Assert.That(File.ReadAllText(Path.Combine(folder, "junit.xml")), Does.Contain("\\u0001").And.Contain("😀"));
    }

    [Test]
    public void The_page_asks_for_nothing_from_a_network_and_no_text_ends_its_script()
    {
        ReportWriter.Write(Report(), folder);
        var html = File.ReadAllText(Path.Combine(folder, "report.html"));
        Assert.That(html, Does.Not.Match("(src|href)=[\"']?(https?:|//)|@import|url\\((?!#)"));
        Assert.That(html, Does.Contain("content=\"default-src 'none'; script-src 'sha256-"));
        Assert.That(html.Split("</script>"), Has.Length.EqualTo(4), "messages of one phone, data, script");
    }

    [Test]
    public void The_same_report_gives_the_same_bytes()
    {
        var other = Path.Combine(folder, "again");
        ReportWriter.Write(Report(), folder);
        ReportWriter.Write(Report(), other);
        foreach (var name in new[] { "report.json", "report.html", "report.md", "junit.xml", Path.Combine("transcripts", "a.jsonl") })
            Assert.That(File.ReadAllBytes(Path.Combine(other, name)), Is.EqualTo(File.ReadAllBytes(Path.Combine(folder, name))), name);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows replaces no file that somebody reads")]
    public void Whoever_reads_a_file_while_it_is_written_again_has_the_whole_of_the_one_before()
    {
        ReportWriter.Write(Report(), folder);
        var names = new[] { "report.json", "report.html", "report.md", "junit.xml", Path.Combine("transcripts", "a.jsonl") };
        var before = names.ToDictionary(name => name, name => File.ReadAllBytes(Path.Combine(folder, name)));
        var readers = names.ToDictionary(name => name, name => new FileStream(Path.Combine(folder, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        ReportWriter.Write(Report() with { Title = "Another", Results = [] }, folder);
        foreach (var (name, reader) in readers)
        {
            using var _ = reader;
            using var read = new MemoryStream();
            reader.CopyTo(read);
            Assert.That(read.ToArray(), Is.EqualTo(before[name]), name);
        }

        Assert.That(File.ReadAllText(Path.Combine(folder, "report.json")), Does.Contain("Another"));
        Assert.That(Directory.GetFiles(folder, "*.new", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void Bytes_that_are_no_UTF_8_are_visible_and_the_text_around_them_stays()
    {
        var exchange = new HttpExchange { Sequence = 1, Kind = ExchangeKind.Message, Offset = TimeSpan.Zero, Method = "POST", Target = "/", RequestBody = new byte[] { (byte)'a', 0xFF, 0xC3, 0xA9, 0xC3 }, ResponseBody = "é😀"u8.ToArray() };
        Assert.That((ExchangeEntry.From(exchange).RequestBody, ExchangeEntry.From(exchange).ResponseBody), Is.EqualTo(("a\\xFFé\\xC3", "é😀")));
    }

    [Test]
    public void Secrets_are_in_none_of_the_files()
    {
        var body = Encoding.UTF8.GetBytes("<WorkpointMessage><Message><ItemList><Item name=\"user-pwd\">topsecret</Item></ItemList></Message></WorkpointMessage>");
        var exchange = ExchangeEntry.From(new HttpExchange
        {
            Sequence = 1,
            Kind = ExchangeKind.Message,
            Offset = TimeSpan.Zero,
            Method = "POST",
            Target = "/",
            RequestBody = body,
            ResponseBody = body,
            Status = 200,
            RequestHeaders = [new HttpHeader("Cookie", "JSESSIONID=topsecret0123")],
        });
        var report = Report();
        ReportWriter.Write(report with { Results = [report.Results[0] with { Exchanges = [exchange] }] }, folder);

        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            Assert.That(File.ReadAllText(file), Does.Not.Contain("secret"), file);
        Assert.That(File.ReadAllText(Path.Combine(folder, "report.json")), Does.Contain("***").And.Contain("JSESSIONID=tops"));
    }

    [Test]
    public void A_report_of_another_version_is_refused_with_its_key()
    {
        var file = Path.Combine(folder, "report.json");
        File.WriteAllText(file, JsonSerializer.Serialize(Report() with { SchemaVersion = 99 }, ReportJson.Options));
        Assert.That(() => ReportJson.Read(file), Throws.TypeOf<FormatException>().With.Message.Contains("schemaVersion: 99 is not allowed; allowed is 1"));
    }

    [TestCase(new[] { Verdict.Pass, Verdict.NonStrict, Verdict.Informational, Verdict.NotApplicable }, 0)]
    [TestCase(new[] { Verdict.Pass, Verdict.LabError }, 3)]
    [TestCase(new[] { Verdict.Fail, Verdict.LabError }, 1)]
    [TestCase(new[] { Verdict.UnexpectedPass }, 1)]
    public void The_exit_code_follows_from_the_verdicts(Verdict[] verdicts, int expected)
    {
        var report = Report() with { LabErrors = [], Results = [.. verdicts.Select(verdict => Result("1", verdict))] };
        Assert.That(RunSummary.Of(report).ExitCode, Is.EqualTo(expected));
    }

    [Test]
    public void An_interrupted_run_is_a_lab_error() =>
        Assert.That(RunSummary.Of(Report() with { Complete = false, LabErrors = [], Results = [] }).ExitCode, Is.EqualTo(3));

    private static ResultEntry Result(string id, Verdict verdict) => new()
    {
        CaseId = id,
        PhoneId = "a",
        Verdict = verdict,
        Compatible = true,
        Reason = Strange,
        Expected = Strange,
        Actual = Strange,
        DurationMilliseconds = 1.5,
    };

    private static RunReport Report() => new()
    {
        RunId = "1",
        Title = Strange,
        StartedAt = DateTimeOffset.UnixEpoch,
        DurationSeconds = 1,
        Seed = 1,
        LabFile = "lab.json",
        Complete = true,
        LabErrors = ["port in use"],
        Phones = [new PhoneEntry { Id = "a", Mac = "00:1A:E8:00:00:01", Model = "OpenStage 40", Firmware = "V3 R3.24.0", Address = "127.20.0.1:8085", Kind = "emulated" }],
        Cases = [.. Enumerable.Range(1, 4).Select(number => new CaseEntry { Id = $"{number}", Section = "3.6.4", Page = 46, Title = Strange, Level = Level.Must, Requirement = Strange })],
        Results = [Result("1", Verdict.Pass), Result("2", Verdict.Fail), Result("3", Verdict.LabError), Result("4", Verdict.NotApplicable)],
    };
}
