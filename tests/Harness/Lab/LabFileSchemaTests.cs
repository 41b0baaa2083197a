using System.Runtime.CompilerServices;
using System.Text.Json;
using NUnit.Framework;
using OpenStage.Harness.Lab;
using OpenStage.Harness.ServiceSuite;

namespace OpenStage.Harness.Tests.Lab;

/// <summary>Bad lab files, each with the expected problems beside it, given to the reader and to the published schema.</summary>
[TestFixture]
public sealed class LabFileSchemaTests
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static string Bad => Path.Combine(AppContext.BaseDirectory, "lab-files", "bad");

    private static IEnumerable<string> BadFiles() => Directory.GetFiles(Bad, "*.json").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    /// <summary>Those whose name says that it takes more than a schema: rules between values, and texts that are no JSON.</summary>
    private static IEnumerable<string> AgainstTheSchema() => BadFiles().Where(name => !name.StartsWith("rule-", StringComparison.Ordinal) && !name.StartsWith("text-", StringComparison.Ordinal));

    [Test]
    public void There_are_at_least_forty_bad_files() => Assert.That(BadFiles().Count(), Is.GreaterThanOrEqualTo(40));

    [TestCaseSource(nameof(BadFiles))]
    public void A_bad_file_is_refused_with_place_key_value_and_what_is_allowed(string name)
    {
        var refused = Assert.Throws<LabFileException>(() => LabFileReader.Parse(name, File.ReadAllBytes(Path.Combine(Bad, name))))!;

        Assert.That(refused.Problems, Is.EqualTo(File.ReadAllLines(Path.Combine(Bad, Path.ChangeExtension(name, ".txt")))));
    }

    [TestCaseSource(nameof(AgainstTheSchema))]
    public void What_the_schema_can_say_it_refuses_too(string name) =>
        Assert.That(Schema().Allows(Json(Path.Combine(Bad, name))), Is.False);

    [TestCase("emulator.json")]
    [TestCase("example-physical.json")]
    [TestCase("example-service.json")]
    [TestCase("own-server.json")]
    public void The_files_that_come_with_the_lab_are_taken_by_reader_and_schema(string name)
    {
        var file = Path.Combine(LabConfig(), name);
        var lab = LabFileReader.Read(file);
        Assert.That(lab.Phones.Count + lab.Services.Count, Is.Positive);
        Assert.That(Schema().Allows(Json(file)), Is.True);
    }

    [Test]
    public void The_physical_example_is_read_as_it_is_written()
    {
        var lab = LabFileReader.Read(Path.Combine(LabConfig(), "example-physical.json"));
        var (desk, hall) = (lab.Phones[0], lab.Phones[1]);

        Assert.That(desk, Has.Property(nameof(LabPhone.Kind)).EqualTo(PhoneKind.Physical).And.Property(nameof(LabPhone.Address)).EqualTo("10.1.2.30"));
        Assert.That(desk.Consent, Is.EqualTo(Consent.Reboot | Consent.ChangeSettings));
        Assert.That(desk.Actuators.Power!.On, Has.Count.EqualTo(6).And.ItemAt(0).EqualTo("snmpset"));
        Assert.That(desk.Actuators.Call!.Kind, Is.EqualTo(ActuatorKind.Prompt));
        Assert.That(hall.Address, Is.Null, "waits for start-up");
        Assert.That(hall.Consent, Is.EqualTo(Consent.None));
        Assert.That(hall.Actuators.Power, Has.Property(nameof(LabActuator.Method)).EqualTo("PUT"));
        Assert.That(lab.Phones[2].Consent, Is.EqualTo(Consent.All));
    }

    [Test]
    public void The_example_of_services_is_read_as_it_is_written()
    {
        var lab = LabFileReader.Read(Path.Combine(LabConfig(), "example-service.json"));
        var (rest, command) = (lab.Services[0], lab.Services[1]);

        Assert.That(rest.Url.Port, Is.EqualTo(18443));
        Assert.That(rest.CertificateSha256, Has.Length.EqualTo(64));
        Assert.That(rest.Capabilities, Is.EqualTo(ServiceCapability.ReadAllItems | ServiceCapability.ReadItems | ServiceCapability.WriteItems | ServiceCapability.Restart));
        Assert.That(rest.Hook, Has.Property(nameof(LabHook.Kind)).EqualTo(HookKind.Rest).And.Property(nameof(LabHook.TokenVariable)).EqualTo("PROVISIONING_TOKEN"));
        Assert.That(rest.Hook.Headers.Single().Value, Is.EqualTo("Bearer {token}"));
        Assert.That(command.Hook.Command, Has.Count.EqualTo(3).And.ItemAt(0).EqualTo("ssh"));
        Assert.That(command.Macs, Is.EqualTo(new[] { "00:1A:E8:FE:01:01" }));
        Assert.That(lab.Services[2].Hook.Kind, Is.EqualTo(HookKind.None));
    }

    private static SchemaCheck Schema() => new(Json(Path.Combine(LabConfig(), "lab.schema.json")));

    private static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllBytes(file), Lenient).RootElement;

    private static string LabConfig([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "lab-config");
}
