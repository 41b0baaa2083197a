using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Conformance;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.ServiceSuite.Faults;
using OpenStage.Simulator.Quirks;

namespace OpenStage.Lab.Tests;

/// <summary>The server suite: it passes on this project's own service as on a foreign one, and each of its cases can fail.</summary>
[TestFixture]
public sealed class ServerSuiteTests
{
    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("openstage-server-suite-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Every_fault_is_caught_by_a_case_and_every_fault_that_a_case_names_is_there()
    {
        var named = CaseSuite.Services.SelectMany(info => info.Catches).ToHashSet();
        Assert.That(ServiceFaults.All.Select(fault => fault.Name), Is.Unique.And.EquivalentTo(named));
        // A matrix has both, by name.
        Assert.That(ServiceFaults.All.Select(fault => fault.Name).Intersect(QuirkCatalogue.All.Select(quirk => quirk.Name)), Is.Empty);
    }

    [Test]
    public async Task The_own_service_passes_every_case_of_a_lab_file_that_knows_only_addresses_and_MACs()
    {
        await using var own = await OwnService.StartAsync(TimeProvider.System);
        var shipped = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "lab-config", "own-server.json")))!;
        var service = shipped["services"]![0]!;
        service["url"] = own.Url.AbsoluteUri;
        service["secureUrl"] = own.SecureUrl.AbsoluteUri;
        service["pollUrl"] = own.PollUrl.AbsoluteUri;
        service["hook"] = new JsonObject { ["kind"] = "openstage-admin", ["url"] = own.AdminUrl.AbsoluteUri, ["tokenFile"] = own.TokenFile };
        var file = Path.Combine(folder, "lab.json");
        await File.WriteAllTextAsync(file, shipped.ToJsonString());

        var code = await Apart(() => LabCommand.InvokeAsync(["run", file, "--out", folder]).GetAwaiter().GetResult());

        var report = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "report.json")))!;
        var others = report["results"]!.AsArray().Where(result => (string?)result!["verdict"] != "pass")
            .Select(result => $"{result!["caseId"]}: {result["verdict"]} {result["reason"]} expected {result["expected"]} got {result["actual"]}");
        Assert.That(others, Is.Empty);
        Assert.That(code, Is.Zero);
        Assert.That(report["results"]!.AsArray(), Has.Count.EqualTo(CaseSuite.Services.Count));
        Assert.That((string?)report["phones"]![0]!["kind"], Is.EqualTo("service"));
        Assert.That((double)report["durationSeconds"]!, Is.LessThan(60));
        foreach (var written in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            Assert.That(await File.ReadAllTextAsync(written), Does.Not.Contain(await File.ReadAllTextAsync(own.TokenFile)), written);
    }

    [Test]
    public async Task A_service_that_is_not_there_is_a_lab_error_that_names_it()
    {
        var file = Path.Combine(folder, "lab.json");
        await File.WriteAllTextAsync(file, """
            { "patienceSeconds": 2, "services": [ { "id": "gone", "url": "https://127.0.0.1:1/x", "macs": ["00:1A:E8:FE:00:01"] } ] }
            """);

        Assert.That(await Apart(() => LabCommand.InvokeAsync(["run", file, "--out", folder]).GetAwaiter().GetResult()), Is.EqualTo(3));
        var report = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "report.json")))!;
        Assert.That(report["labErrors"]!.AsArray().Select(error => (string?)error), Has.Some.Contains("The service gone cannot be reached at 127.0.0.1:1"));
        Assert.That(report["results"]!.AsArray().Select(result => (string?)result!["verdict"]), Has.None.EqualTo("fail"));
    }

    /// <summary>On a thread of its own, so that the inner run sees nothing of the test run around it.</summary>
    private static Task<T> Apart<T>(Func<T> run)
    {
        using (ExecutionContext.SuppressFlow())
            return Task.Run(run);
    }
}
