using System.Text.RegularExpressions;
using NUnit.Framework;
using OpenStage.Server.Configuration;
using OpenStage.Server.Telemetry;

namespace OpenStage.Server.Tests.Configuration;

/// <summary>docs/server.md says what the server does.</summary>
public sealed partial class ServerDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Folder, "docs", "server.md"));

    [Test]
    public void The_table_of_settings_has_each_setting_with_its_default()
    {
        var rows = Row().Matches(Section("Configuration")).Select(row => $"{row.Groups["key"].Value} = {row.Groups["default"].Value}");
        var settings = Settings.All.Select(setting =>
            $"{setting.Key} = {setting.Write(setting.Property.GetValue(Activator.CreateInstance(setting.Property.DeclaringType!)))}");
        Assert.That(rows, Is.EquivalentTo(settings));
    }

    [Test]
    public void The_example_is_a_configuration_that_the_server_takes()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "server.json");
        File.WriteAllText(file, Json().Match(Section("Configuration")).Groups[1].Value);
        var configuration = ConfigurationReader.Read(file, new Dictionary<string, string>(), new Dictionary<Setting, (string, string)>());
        Assert.That(configuration.Server.DataFolder, Is.EqualTo("/var/lib/openstage"));
    }

    [Test]
    public void Variables_that_are_named_are_variables_of_settings()
    {
        var known = Settings.All.SelectMany(setting => setting.MayBeInFile ? new[] { setting.Variable, setting.Variable + "_FILE" } : [setting.Variable])
            .Append(ConfigurationEnvironment.ConfigVariable);
        var named = Variable().Matches(Document).Select(match => match.Value).Distinct().ToList();
        Assert.That(named, Has.Count.GreaterThan(3));
        Assert.That(named, Is.SubsetOf(known));
    }

    [Test]
    public void The_table_of_metrics_has_each_metric()
    {
        using var folder = new TemporaryFolder();
        using var database = Server.Storage.Database.Open(folder.Path);
        using var metrics = new ServerMetrics();
        metrics.Watch(database);
        var names = new List<string>();
        using var listener = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter == metrics.Meter)
                    names.Add(instrument.Name);
            },
        };
        listener.Start();
        Assert.That(Metric().Matches(Section("Metrics and traces")).Select(match => match.Groups[1].Value), Is.EquivalentTo(names));
    }

    private static string Section(string heading) => Document.Split("\n## ").Single(section => section.StartsWith(heading + "\n", StringComparison.Ordinal));

    [GeneratedRegex(@"^\| `(?<key>[A-Za-z0-9.]+)` \| `(?<default>[^`]*)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();

    [GeneratedRegex(@"OPENSTAGE_[A-Z0-9_]*[A-Z0-9]")]
    private static partial Regex Variable();

    [GeneratedRegex(@"`(openstage\.(?!mac)[a-z_.]+)`")]
    private static partial Regex Metric();
}
