using System.Text.Json.Nodes;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Phones;

/// <summary>The phones resource in the OpenAPI document.</summary>
public sealed class PhoneDescriptionTests
{
    private static readonly string[] Routes =
    [
        "get /api/users/{id}/phones listUserPhones", "post /api/users/{id}/phones createUserPhone",
        "get /api/users/{id}/phones/{phone_id} showUserPhone", "post /api/users/{id}/phones/{phone_id} updateUserPhone",
        "post /api/users/{id}/phones/{phone_id}/destroy deleteUserPhone",
        "get /api/user/phones listOwnPhones", "post /api/user/phones createOwnPhone", "get /api/user/phones/{id} showOwnPhone",
        "post /api/user/phones/{id} updateOwnPhone", "post /api/user/phones/{id}/destroy deleteOwnPhone",
        "get /api/phones listPhones", "get /api/phones/{mac} showPhone", "get /api/phones/{mac}/assignee showPhoneAssignee",
        "post /api/phones/{mac}/reprovision reprovisionPhone", "post /api/phones/reprovision reprovisionPhones",
        "post /api/phones/{mac}/reboot rebootPhone", "post /api/phones/{mac}/reject rejectPhone",
        "get /api/phone_models listPhoneModels", "get /api/phone_models/{filename} showPhoneModel",
        "get /api/templates/phones listPhoneTemplates", "post /api/templates/phones createPhoneTemplate",
        "get /api/templates/phones/{filename} showPhoneTemplate", "post /api/templates/phones/{filename} updatePhoneTemplate",
        "post /api/templates/phones/{filename}/destroy deletePhoneTemplate",
        "get /api/users listUsers", "post /api/users createUser", "get /api/users/{id} showUser", "post /api/users/{id} updateUser",
        "post /api/users/{id}/destroy deleteUser", "get /api/network showNetwork", "post /api/network updateNetwork",
    ];

    private JsonNode document = null!;

    [OneTimeSetUp]
    public async Task Read()
    {
        await using var lab = await PhonesLab.StartAsync();
        document = await lab.JsonAsync("/openapi/v1.json");
    }

    [Test]
    public void Every_operation_is_there_with_summary_answers_and_described_parameters()
    {
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => (Path: path.Key, Method: method.Key, Node: method.Value!)))
            .Where(operation => operation.Node["tags"]?[0]?.GetValue<string>() == "Phones").ToList();
        Assert.That(operations.Select(operation => $"{operation.Method} {operation.Path} {operation.Node["operationId"]}"), Is.EquivalentTo(Routes));
        foreach (var (path, method, node) in operations)
        {
            Assert.That(node["summary"]?.GetValue<string>(), Is.Not.Null.And.Not.Empty, path);
            foreach (var parameter in node["parameters"]?.AsArray() ?? [])
                Assert.That(parameter!["description"]?.GetValue<string>(), Is.Not.Null.And.Not.Empty, $"{method} {path} {parameter["name"]}");
            var statuses = node["responses"]!.AsObject().Select(response => response.Key).ToList();
            Assert.That(statuses.Count(status => status[0] == '2'), Is.EqualTo(1), $"{method} {path}");
            if (path.Contains('{', StringComparison.Ordinal))
                Assert.That(statuses, Has.Some.EqualTo("404"), $"{method} {path}");
        }
    }

    [Test]
    public void The_body_of_a_new_phone_has_the_fields_limits_and_requirements_of_the_contract()
    {
        var schema = Body("/api/users/{id}/phones");
        Assert.That(schema["required"]!.AsArray().Select(name => name!.GetValue<string>()), Is.EquivalentTo(new[]
        {
            "mac", "filename", "vendor", "model", "password", "language", "transfer", "timezone", "codecs", "interface", "preferred_transport",
        }));
        Assert.That(schema["properties"]!.AsObject(), Has.Count.EqualTo(31));
        Assert.That(schema["properties"]!["wan_port_id"]!["minimum"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(schema["properties"]!["wan_port_id"]!["maximum"]!.GetValue<int>(), Is.EqualTo(4094));
        Assert.That(schema["properties"]!["language"]!["enum"]!.AsArray(), Has.Count.EqualTo(14));
        Assert.That(schema["properties"]!["codecs"]!["type"]!.GetValue<string>(), Is.EqualTo("array"));
        Assert.That(schema["additionalProperties"]!.GetValue<bool>(), Is.False);
    }

    [Test]
    public void The_body_of_an_update_requires_nothing_and_lacks_what_cannot_be_changed()
    {
        var schema = Body("/api/users/{id}/phones/{phone_id}");
        Assert.That(schema["required"], Is.Null);
        Assert.That(schema["properties"]!.AsObject(), Has.Count.EqualTo(27));
        Assert.That(schema["properties"]!.AsObject().ContainsKey("mac"), Is.False);
    }

    [Test]
    public void Answers_are_written_in_snake_case() =>
        Assert.That(document["components"]!["schemas"]!["PhoneView"]!["properties"]!.AsObject().Select(property => property.Key),
            Is.SupersetOf(new[] { "preferred_transport", "enable_vlan_wan_port", "not_applicable", "rps_status", "url" }));

    private JsonNode Body(string path) => document["paths"]![path]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!;
}
