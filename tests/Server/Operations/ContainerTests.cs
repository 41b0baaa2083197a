using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using OpenStage.Server.Configuration;

namespace OpenStage.Server.Tests.Operations;

/// <summary>What the container files name is there.</summary>
public sealed partial class ContainerTests
{
    private static readonly string Dockerfile = Read("Dockerfile");
    private static readonly string Compose = Read("docker-compose.example.yml");

    private static IEnumerable<string> Projects => Publish().Matches(Dockerfile).Select(match => match.Groups["project"].Value);

    [Test]
    public void Everything_that_is_copied_into_the_build_exists_and_is_not_ignored()
    {
        var sources = Copy().Matches(Dockerfile).SelectMany(line => line.Groups[1].Value.Split(' ')[..^1]).ToList();
        Assert.That(sources, Has.Count.GreaterThan(5));
        Assert.That(sources.Where(source => !Path.Exists(Path.Combine(Repository.Folder, source))), Is.Empty);
        var ignored = Read(".dockerignore").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(sources.Intersect(ignored), Is.Empty);
    }

    [Test]
    public void Everything_that_the_projects_refer_to_is_copied_into_the_build()
    {
        var copied = Copy().Matches(Dockerfile).SelectMany(line => line.Groups[1].Value.Split(' ')[..^1]).ToHashSet();
        Assert.That(Projects.ToList(), Has.Count.EqualTo(2));
        foreach (var project in Projects)
        {
            var folder = Path.GetDirectoryName(project)!;
            var references = XDocument.Load(Path.Combine(Repository.Folder, project)).Descendants()
                .SelectMany(element => element.Attributes("Include")).Select(include => include.Value.Replace('\\', '/'))
                .Where(include => include.StartsWith("../", StringComparison.Ordinal)).Select(include => include.Split('/')[1]).Distinct();
            Assert.That(references.Append(folder), Is.SubsetOf(copied), project);
        }
    }

    [Test]
    public void Entry_points_and_health_checks_start_what_the_projects_build()
    {
        var built = Projects.Select(project => XDocument.Load(Path.Combine(Repository.Folder, project)).Descendants("AssemblyName").Single().Value + ".dll");
        var started = Started().Matches(Dockerfile).Select(match => match.Groups[1].Value).ToList();
        Assert.That(started, Has.Count.EqualTo(4), "an entry point and a health check each");
        Assert.That(started.Distinct(), Is.EquivalentTo(built));
    }

    [Test]
    public void No_image_runs_as_root()
    {
        var stages = Dockerfile.Split("\nFROM ")[2..];
        Assert.That(stages, Has.Length.EqualTo(2));
        foreach (var stage in stages)
            Assert.That(stage.LastIndexOf("USER $APP_UID", StringComparison.Ordinal), Is.InRange(0, stage.IndexOf("ENTRYPOINT", StringComparison.Ordinal)));
    }

    [Test]
    public void Variables_are_settings_ports_are_the_defaults_and_targets_exist()
    {
        var known = Settings.All.SelectMany(setting => setting.MayBeInFile ? new[] { setting.Variable, setting.Variable + "_FILE" } : [setting.Variable]).ToList();
        foreach (var text in new[] { Dockerfile, Compose })
            Assert.That(Variable().Matches(text).Select(match => match.Value).Distinct(), Is.SubsetOf(known));
        var options = new ServerOptions();
        Assert.That(Dockerfile, Does.Contain($"EXPOSE {options.PhonePort} {options.AdminPort}"));
        var stages = Stage().Matches(Dockerfile).Select(match => match.Groups[1].Value);
        Assert.That(Target().Matches(Compose).Select(match => match.Groups[1].Value).Distinct().ToList(), Has.Count.EqualTo(2).And.SubsetOf(stages));
        Assert.That(Compose, Does.Contain($":{options.PhonePort}\"").And.Contain($":{options.AdminPort}\""));
        Assert.That(Compose, Does.Not.Contain("\t"), "YAML has no tabs");
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(Repository.Folder, name)).Replace("\r\n", "\n", StringComparison.Ordinal);

    [GeneratedRegex(@"^COPY (?!--from)(.+)$", RegexOptions.Multiline)]
    private static partial Regex Copy();

    [GeneratedRegex(@"dotnet publish (?<project>\S+)")]
    private static partial Regex Publish();

    [GeneratedRegex(@"^(?:ENTRYPOINT|HEALTHCHECK .*CMD) \[""dotnet"", ""([^""]+)""", RegexOptions.Multiline)]
    private static partial Regex Started();

    [GeneratedRegex(@"OPENSTAGE_[A-Z0-9_]*[A-Z0-9]")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^FROM \S+ AS (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Stage();

    [GeneratedRegex(@"^\s+target: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Target();
}
