using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Description;

/// <summary>
/// Calls operations with what the description gives. An id in a path is of what the POST of its collection made, else the
/// value that the description shows, else the first of the collection. As the description says, 1001 is a number of one's
/// own choice and 00:1A:E8:00:00:01 the phone that is meant: each scenario has its own.
/// </summary>
internal sealed class Scenario : IAsyncDisposable
{
    /// <summary>What must have been done before an operation can succeed.</summary>
    private static readonly Dictionary<string, string[]> Before = new()
    {
        ["startCampaign"] = ["createCampaign"],
        ["pauseCampaign"] = ["startCampaign"],
        ["resumeCampaign"] = ["startCampaign", "pauseCampaign"],
        ["stopCampaign"] = ["startCampaign"],
        // A job that is over is not waited for.
        ["waitForJob"] = ["cancelJob"],
        ["endPolling"] = ["setPolling"],
        ["showMobileUser"] = ["putMobileUser"],
        ["deleteMobileUser"] = ["putMobileUser"],
        ["releasePhone"] = ["beginSecureMode"],
        ["revokeCertificate"] = ["beginSecureMode"],
        ["retireAuthority"] = ["makeAuthority", "beginSecureMode", "makeAuthority", "releasePhone"],
        ["showPhoneAssignee"] = ["createUserPhone"],
        ["reprovisionPhone"] = ["createUserPhone"],
        ["applyDeviceTemplate"] = ["createItemTemplate"],
        ["logIn"] = ["createAccount"],
        ["getToken"] = ["createAccount"],
        ["refreshToken"] = ["logIn"],
        ["revokeToken"] = ["createToken"],
    };

    private readonly ApiWorld world;
    private readonly string number;
    private readonly string mac;
    private readonly Dictionary<string, string> made = [];
    private readonly HashSet<string> done = [];
    private readonly List<JsonNode> answers = [];
    private readonly List<ApiRequest> undo = [];

    private Scenario(ApiWorld world, string number, string mac)
    {
        this.world = world;
        this.number = number;
        this.mac = mac;
    }

    /// <summary>MAC address of the scenario's phone.</summary>
    public string Mac => mac;

    public static Scenario Begin(ApiWorld world)
    {
        var number = world.NextNumber();
        return new Scenario(world, number.ToString(CultureInfo.InvariantCulture), world.NewPhone(number));
    }

    /// <summary>Does what must be done first, and makes a request that is to succeed.</summary>
    public async Task<ApiRequest> PrepareAsync(string id)
    {
        var doneBefore = done.ToHashSet();
        foreach (var first in (Before.GetValueOrDefault(id) ?? []).Where(first => !doneBefore.Contains(first)))
            await DoAsync(first);
        var operation = world.Api[id];
        var path = new Dictionary<string, string>();
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.IsOfPath))
            path[parameter.Name] = await ValueAsync(operation, parameter, path);
        var request = new ApiRequest(operation)
        {
            Path = path,
            Query = operation.Parameters.Where(parameter => !parameter.IsOfPath && parameter.Example is not null)
                .ToDictionary(parameter => parameter.Name, parameter => Own(parameter.Example!)),
        };
        return Filled(request);
    }

    /// <summary>Calls an operation, which must succeed.</summary>
    public async Task<ApiAnswer> DoAsync(string id)
    {
        var request = await PrepareAsync(id);
        var answer = await world.SendAsync(request);
        Assert.That(answer.IsSuccess, $"{request.Operation} {request.Target}: {answer.Status} {answer.Text}");
        done.Add(id);
        if (answer.Json is { } json)
            answers.Add(json);
        if (answer.Status == 201 && answer.Json is JsonObject created)
            Keep(request, created);
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var request in undo.AsEnumerable().Reverse())
            await world.SendAsync(request);
    }

    /// <summary>Text of the description with this scenario's own number and phone in it.</summary>
    private string Own(string text) => text.Replace("1001", number, StringComparison.Ordinal).Replace("00:1A:E8:00:00:01", mac, StringComparison.Ordinal);

    private ApiRequest Filled(ApiRequest request)
    {
        var operation = request.Operation;
        switch (operation.BodyType)
        {
            case null:
                return request;
            case "application/json":
                return request.WithJson(Known(Example(operation)));
            case "application/x-www-form-urlencoded":
                var fields = Known(Example(operation)).Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value!.ToString())}");
                return request.WithBody(string.Join('&', fields));
            default:
                return request with { Body = Encoding.ASCII.GetBytes($"File {number}"), ContentType = operation.BodyType };
        }
    }

    private JsonObject Example(Operation operation)
    {
        Assert.That(operation.BodyExample, Is.Not.Null, $"{operation}: the description shows no body");
        var example = JsonNode.Parse(Own(operation.BodyExample!.ToJsonString()))!;
        Assert.That(SchemaCheck.Faults(world.Api, example, operation.BodySchema), Is.Empty, $"{operation}: its example is not as its schema");
        return example.AsObject();
    }

    /// <summary>Puts the tokens in that answers gave under the same name.</summary>
    private JsonObject Known(JsonObject body)
    {
        foreach (var (name, _) in body.Where(field => field.Key.EndsWith("token", StringComparison.Ordinal)).ToList())
        {
            if (answers.OfType<JsonObject>().LastOrDefault(answer => answer[name] is not null) is { } answer)
                body[name] = answer[name]!.DeepClone();
        }

        return body;
    }

    private async Task<string> ValueAsync(Operation operation, Parameter parameter, Dictionary<string, string> before)
    {
        var collection = operation.Path[..operation.Path.IndexOf($"/{{{parameter.Name}}}", StringComparison.Ordinal)];
        if (made.TryGetValue(collection, out var known))
            return known;
        if (world.Api.Maker(collection) is { } maker)
        {
            await DoAsync(maker.Id);
            return made[collection];
        }

        if (parameter.Example is { } example)
            return Own(example);
        var list = await world.SendAsync(new ApiRequest(world.Api.Find("GET", collection)!) { Path = before });
        var first = (list.Json as JsonArray ?? list.Json!["items"]!.AsArray())[0]!;
        return first[parameter.Name]!.ToString();
    }

    /// <summary>Keeps the id of what was made, the first of each collection, and how it is taken away again.</summary>
    private void Keep(ApiRequest request, JsonObject created)
    {
        var collection = request.Operation.Path;
        if (world.Api.Operations.FirstOrDefault(operation => operation.Path.StartsWith($"{collection}/{{", StringComparison.Ordinal)) is { } element)
        {
            var name = element.Path[(collection.Length + 2)..].Split('}')[0];
            var id = (created[name] ?? created["id"])!.ToString();
            made.TryAdd(collection, id);
            if (world.Api.Find("DELETE", $"{collection}/{{{name}}}") is { } delete)
                undo.Add(new ApiRequest(delete) { Path = new Dictionary<string, string>(request.Path) { [name] = id } });
        }
        else if (world.Api.Find("DELETE", collection) is { } end)
        {
            undo.Add(new ApiRequest(end) { Path = request.Path });
        }
    }
}
