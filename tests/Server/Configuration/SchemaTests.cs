using System.Globalization;
using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Server.Configuration;

namespace OpenStage.Server.Tests.Configuration;

/// <summary>The shipped schema says of each setting what the server does.</summary>
public sealed class SchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Folder, "server", "server.schema.json")))!.AsObject();

    private static IEnumerable<TestCaseData> All => Settings.All.Select(setting => new TestCaseData(setting).SetArgDisplayNames(setting.Key));

    [TestCaseSource(nameof(All))]
    public void A_setting_is_in_the_schema_with_its_type_its_default_and_a_description(object which)
    {
        var setting = (Setting)which;
        var entry = Entry(setting);
        Assert.That(entry, Is.Not.Null, $"server/server.schema.json lacks {setting.Key}");
        Assert.That(Text(entry!["description"]), Is.Not.Empty);
        var options = Activator.CreateInstance(setting.Property.DeclaringType!);
        var standard = setting.Property.GetValue(options);
        // Lists and objects are written as such, all else as text or number.
        var written = entry["default"] is JsonArray list ? string.Join(", ", list.Select(Text)) : entry["default"]?.ToJsonString().Trim('"') ?? "null";
        Assert.That(written, Is.EqualTo(setting.Write(standard)));
        Assert.That(entry.ContainsKey("default"), Is.True);
        if (entry["enum"] is JsonArray names)
            Assert.That(string.Join(", ", names.Select(Text)), Is.EqualTo(setting.Format.Allowed));
        var takesNull = entry["type"] is JsonArray types && types.Any(type => Text(type) == "null");
        Assert.That(takesNull, Is.EqualTo(setting.TakesNull));
    }

    [TestCaseSource(nameof(All))]
    public void What_the_schema_limits_is_what_the_server_refuses(object which)
    {
        var setting = (Setting)which;
        var entry = Entry(setting)!;
        var isNumber = setting.Format.Kinds is [System.Text.Json.JsonTokenType.Number];
        Assert.That(entry.ContainsKey("minimum") && entry.ContainsKey("maximum"), Is.EqualTo(isNumber), "limits, for numbers only");
        if (!isNumber)
            return;
        var (least, most) = (entry["minimum"]!.GetValue<double>(), entry["maximum"]!.GetValue<double>());
        Assert.That(() => Read(setting, least), Throws.Nothing);
        Assert.That(() => Read(setting, most), Throws.Nothing);
        Assert.That(() => Read(setting, least - 1), Throws.TypeOf<ConfigurationException>());
        Assert.That(() => Read(setting, most + 1), Throws.TypeOf<ConfigurationException>());
    }

    [Test]
    public void The_schema_has_no_other_keys()
    {
        var keys = Schema["properties"]!.AsObject().SelectMany(entry => entry.Value!["properties"] is JsonObject inner
            ? inner.Select(member => $"{entry.Key}.{member.Key}")
            : [entry.Key]).Where(key => key != "$schema");
        Assert.That(keys, Is.EquivalentTo(Settings.All.Select(setting => setting.Key)));
    }

    private static JsonObject? Entry(Setting setting)
    {
        var node = Schema;
        foreach (var name in setting.Key.Split('.'))
            node = node?["properties"]?[name] as JsonObject;
        return node;
    }

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";

    private static ServerConfiguration Read(Setting setting, double value) => ConfigurationReader.Read(null, new Dictionary<string, string>(),
        new Dictionary<Setting, (string, string)> { [setting] = ("--it", value.ToString(CultureInfo.InvariantCulture)) });
}
