using System.Net;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using OpenStage.Server.Configuration;
using OpenStage.Server.Logging;
using OpenStage.Server.Telemetry;

namespace OpenStage.Server.Tests.Configuration;

/// <summary>File, environment and command line: which of them wins, and how each says what is wrong.</summary>
public sealed class ConfigurationReaderTests
{
    private TemporaryFolder folder = null!;

    private string FilePath => Path.Combine(folder.Path, "server.json");

    [SetUp]
    public void Prepare() => folder = new TemporaryFolder();

    [TearDown]
    public void End() => folder.Dispose();

    [Test]
    public void A_file_sets_values_of_every_type()
    {
        var configuration = Read("""
            {
              "$schema": "server.schema.json", // for editors
              "dataFolder": "/var/lib/openstage",
              "database": null,
              "listenAddress": "10.1.2.9",
              "phonePort": 28443,
              "phonePaths": ["/a", "/b,c"],
              "allowTls10": true,
              "contactGapSeconds": 12.5,
              "telemetry": { "endpoint": "http://10.1.2.3:4318", "protocol": "grpc", "intervalSeconds": 5 },
              "log": { "format": "json", "level": "warning", "levels": { "OpenStage.Server.ContactMe": "debug" } },
            }
            """);
        Assert.That(configuration.Server, Is.EqualTo(new ServerOptions
        {
            DataFolder = "/var/lib/openstage",
            ListenAddress = IPAddress.Parse("10.1.2.9"),
            PhonePort = 28443,
            PhonePaths = configuration.Server.PhonePaths,
            AllowTls10 = true,
            ContactGap = TimeSpan.FromSeconds(12.5),
        }));
        Assert.That(configuration.Server.PhonePaths, Is.EqualTo(new[] { "/a", "/b,c" }));
        Assert.That(configuration.Telemetry, Is.EqualTo(new TelemetryOptions
        {
            Endpoint = new Uri("http://10.1.2.3:4318"),
            Protocol = OtlpProtocol.Grpc,
            Interval = TimeSpan.FromSeconds(5),
        }));
        Assert.That(configuration.Log.Format, Is.EqualTo(LogFormat.Json));
        Assert.That(configuration.Log.Level, Is.EqualTo(LogLevel.Warning));
        Assert.That(configuration.Log.Levels, Is.EqualTo(new Dictionary<string, LogLevel> { ["OpenStage.Server.ContactMe"] = LogLevel.Debug }));
    }

    [Test]
    public void Nothing_given_means_the_defaults() =>
        Assert.That(Read(null).Server, Is.EqualTo(new ServerOptions { PhonePaths = Read(null).Server.PhonePaths }).Using<ServerOptions>(
            (one, other) => one with { PhonePaths = [] } == other with { PhonePaths = [] } && one.PhonePaths.SequenceEqual(other.PhonePaths)));

    [Test]
    public void The_environment_wins_over_the_file_and_the_command_line_over_both()
    {
        const string file = """{ "phonePort": 1001, "adminPort": 1002, "contactGapSeconds": 3 }""";
        var environment = new Dictionary<string, string>
        {
            ["OPENSTAGE_ADMIN_PORT"] = "2002",
            ["OPENSTAGE_CONTACT_GAP_SECONDS"] = "4",
            ["OPENSTAGE_TELEMETRY_ENDPOINT"] = "http://10.9.9.9:4318",
            ["OPENSTAGE_LOG_LEVELS"] = "Microsoft=debug, Npgsql=error",
            ["OPENSTAGE_PHONE_PATHS"] = "/a,/b",
            ["OPENSTAGE_ALLOW_TLS10"] = "1",
            ["OPENSTAGE_DATA_FOLDER"] = "",
        };
        var configuration = Read(file, environment, (nameof(ServerOptions.ContactGap), "--contact-gap", "5"));
        Assert.That(configuration.Server.PhonePort, Is.EqualTo(1001), "the file");
        Assert.That(configuration.Server.AdminPort, Is.EqualTo(2002), "the environment");
        Assert.That(configuration.Server.ContactGap, Is.EqualTo(TimeSpan.FromSeconds(5)), "the command line");
        Assert.That(configuration.Server.DataFolder, Is.EqualTo(new ServerOptions().DataFolder), "an empty variable gives nothing");
        Assert.That(configuration.Server.AllowTls10, Is.True);
        Assert.That(configuration.Server.PhonePaths, Is.EqualTo(new[] { "/a", "/b" }));
        Assert.That(configuration.Telemetry.Endpoint, Is.EqualTo(new Uri("http://10.9.9.9:4318")));
        Assert.That(configuration.Log.Levels["Npgsql"], Is.EqualTo(LogLevel.Error));
    }

    [Test]
    public void Off_stands_for_null_in_the_environment_and_on_the_command_line()
    {
        const string file = """{ "pollPort": 1003, "contactGapSeconds": 3 }""";
        var server = Read(file, new() { ["OPENSTAGE_POLL_PORT"] = "off" }, (nameof(ServerOptions.SecurePort), "--secure-port", "off"), (nameof(ServerOptions.ContactGap), "--contact-gap", "off")).Server;
        Assert.That((server.PollPort, server.SecurePort, server.ContactGap), Is.EqualTo(((int?)null, (int?)null, (TimeSpan?)null)));
        Assert.That(Read(null, [], (nameof(ServerOptions.Database), "--database", "off")).Server.Database, Is.EqualTo("off"), "a text may be any text");

        AssertProblems(() => Read(null, [], (nameof(ServerOptions.PhonePort), "--port", "off")), "--port: 'off' is not allowed; allowed is a whole number.");
        AssertProblems(() => Read(null, [], (nameof(ServerOptions.SecurePort), "--secure-port", "none")), "--secure-port: 'none' is not allowed; allowed is a whole number, off for none.");
    }

    [Test]
    public void A_secret_may_stand_in_a_file_that_a_variable_names()
    {
        var secret = Path.Combine(folder.Path, "database");
        File.WriteAllText(secret, "Host=10.1.2.5;Password=hunter2\n");
        var configuration = Read(null, new() { ["OPENSTAGE_DATABASE_FILE"] = secret });
        Assert.That(configuration.Server.Database, Is.EqualTo("Host=10.1.2.5;Password=hunter2"));

        AssertProblems(() => Read(null, new() { ["OPENSTAGE_DATABASE_FILE"] = secret, ["OPENSTAGE_DATABASE"] = "Host=x" }),
            "OPENSTAGE_DATABASE: allowed is either it or OPENSTAGE_DATABASE_FILE, not both.");
        var missing = Path.Combine(folder.Path, "missing");
        Assert.That(() => Read(null, new() { ["OPENSTAGE_DATABASE_FILE"] = missing }),
            Throws.TypeOf<ConfigurationException>().With.Message.StartsWith($"OPENSTAGE_DATABASE_FILE: '{missing}' cannot be read: "));
    }

    /// <param name="line">A line of the file.</param>
    /// <param name="problem">What is said of it, after the file's name and the number of the line.</param>
    [TestCase("\"phoneport\": 1", "phoneport: unknown key; allowed are dataFolder, ")]
    [TestCase("\"phonePort\": \"18443\"", "phonePort: '18443' is not allowed; allowed is a whole number.")]
    [TestCase("\"phonePort\": 1.5", "phonePort: '1.5' is not allowed; allowed is a whole number.")]
    [TestCase("\"phonePort\": null", "phonePort: 'null' is not allowed; allowed is a whole number.")]
    [TestCase("\"phonePort\": 70000", "phonePort: '70000' is not allowed; allowed is 0 to 65535.")]
    [TestCase("\"maxMessageBytes\": 1000", "maxMessageBytes: '1000' is not allowed; allowed is 1024 to 1048576.")]
    [TestCase("\"contactIntervalSeconds\": 0.5", "contactIntervalSeconds: '0.5 s' is not allowed; allowed is 1 s to 3600 s.")]
    [TestCase("\"contactGapSeconds\": \"soon\"", "contactGapSeconds: 'soon' is not allowed; allowed is a number of seconds, or null.")]
    [TestCase("\"contactGapSeconds\": 1e300", "contactGapSeconds: '1e300' is not allowed; allowed is a number of seconds, or null.")]
    [TestCase("\"listenAddress\": \"phones.example.net\"", "listenAddress: 'phones.example.net' is not allowed; allowed is an IP address such as 127.0.0.1 or 0.0.0.0.")]
    [TestCase("\"allowTls10\": \"true\"", "allowTls10: 'true' is not allowed; allowed is true or false.")]
    [TestCase("\"phonePaths\": \"/a\"", "phonePaths: '/a' is not allowed; allowed is a list of texts.")]
    [TestCase("\"phonePaths\": [\"/a\", 1]", "phonePaths: 'a list' is not allowed; allowed is a list of texts.")]
    [TestCase("\"phonePaths\": [\"a\"]", "phonePaths: 'a' is not allowed; allowed is an absolute path such as /provisioningService.")]
    [TestCase("\"advertisedAddress\": \"not a host\"", "advertisedAddress: 'not a host' is not allowed; allowed is an IP address or a host name.")]
    [TestCase("\"database\": 5432", "database: '(not shown)' is not allowed; allowed is a text, or null.")]
    [TestCase("\"telemetry\": \"on\"", "telemetry: 'on' is not allowed; allowed is an object.")]
    [TestCase("\"telemetry\": { \"url\": \"http://x\" }", "telemetry.url: unknown key; allowed are endpoint, protocol, intervalSeconds, serviceName.")]
    [TestCase("\"telemetry\": { \"endpoint\": \"4318\" }", "telemetry.endpoint: '4318' is not allowed; allowed is an address such as http://127.0.0.1:4318, or null.")]
    [TestCase("\"telemetry\": { \"endpoint\": \"ftp://x/\" }", "telemetry.endpoint: 'ftp://x/' is not allowed; allowed is an http or https address such as http://127.0.0.1:4318.")]
    [TestCase("\"telemetry\": { \"protocol\": \"1\" }", "telemetry.protocol: '1' is not allowed; allowed is http, grpc.")]
    [TestCase("\"log\": { \"levels\": { \"Microsoft\": \"loud\" } }", "log.levels: 'an object' is not allowed; allowed is an object of categories with their levels")]
    public void What_is_wrong_in_a_file_is_named_with_line_key_value_and_what_is_allowed(string line, string problem)
    {
        var text = $"{{\n\n  {line}\n}}";
        File.WriteAllText(FilePath, text);
        Assert.That(() => ConfigurationReader.Read(FilePath, new Dictionary<string, string>(), new Dictionary<Setting, (string, string)>()),
            Throws.TypeOf<ConfigurationException>().With.Message.StartsWith($"{FilePath}:3: {problem}"));
    }

    [Test]
    public void All_problems_are_named_at_once()
    {
        const string file = """
            {
              "phonePort": "x",
              "adminPort": 1,
              "adminPort": 2,
              "colour": "red"
            }
            """;
        var wrong = Assert.Throws<ConfigurationException>(() => Read(file, new() { ["OPENSTAGE_ALLOW_TLS10"] = "yes" }, (nameof(ServerOptions.PhonePort), "--port", "many")))!;
        Assert.That(wrong.Problems, Has.Count.EqualTo(5));
        Assert.That(wrong.Problems[0], Does.StartWith($"{FilePath}:2: phonePort: 'x'"));
        Assert.That(wrong.Problems[1], Is.EqualTo($"{FilePath}:4: adminPort: the key is there twice."));
        Assert.That(wrong.Problems[2], Does.StartWith($"{FilePath}:5: colour: unknown key"));
        Assert.That(wrong.Problems[3], Is.EqualTo("OPENSTAGE_ALLOW_TLS10: 'yes' is not allowed; allowed is true or false."));
        Assert.That(wrong.Problems[4], Is.EqualTo("--port: 'many' is not allowed; allowed is a whole number."));
    }

    [Test]
    public void A_value_out_of_its_range_is_named_as_whoever_wrote_it_knows_it()
    {
        AssertProblems(() => Read(null, new() { ["OPENSTAGE_PHONE_PORT"] = "70000" }), "OPENSTAGE_PHONE_PORT: '70000' is not allowed; allowed is 0 to 65535.");
        AssertProblems(() => Read(null, [], (nameof(ServerOptions.ContactGap), "--contact-gap", "86401")), "--contact-gap: '86401 s' is not allowed; allowed is 0 s to 86400 s.");
        AssertProblems(() => Read("""{ "phonePort": 8080 }"""), "adminPort: '8080' is not allowed; allowed is another port than PhonePort.");
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("{ \"phonePort\": 1 } more")]
    public void A_file_that_is_no_object_is_refused_with_its_line(string text) =>
        Assert.That(() => Read(text), Throws.TypeOf<ConfigurationException>().With.Message.StartsWith($"{FilePath}:1: "));

    [Test]
    public void A_file_that_cannot_be_read_is_refused_by_name() =>
        Assert.That(() => ConfigurationReader.Read(FilePath, new Dictionary<string, string>(), new Dictionary<Setting, (string, string)>()),
            Throws.TypeOf<ConfigurationException>().With.Message.StartsWith($"{FilePath}: cannot be read: "));

    [Test]
    public void Variables_that_are_no_settings_are_found()
    {
        var variables = new Dictionary<string, string> { ["OPENSTAGE_PORT"] = "tcp://10.0.0.1:1", ["OPENSTAGE_DATABASE_FILE"] = "x", ["OPENSTAGE_PHONE_PORT"] = "1", ["PATH"] = "/" };
        Assert.That(ConfigurationEnvironment.Unknown(variables), Is.EqualTo(new[] { "OPENSTAGE_PORT" }));
    }

    private static void AssertProblems(Action read, params string[] problems) =>
        Assert.That(Assert.Throws<ConfigurationException>(read)!.Problems, Is.EqualTo(problems));

    private ServerConfiguration Read(string? file, Dictionary<string, string>? environment = null, params (string Property, string Option, string Text)[] commandLine)
    {
        if (file is not null)
            File.WriteAllText(FilePath, file);
        return ConfigurationReader.Read(file is null ? null : FilePath, environment ?? [],
            commandLine.ToDictionary(given => Settings.Of(given.Property)!, given => (given.Option, given.Text)));
    }
}
