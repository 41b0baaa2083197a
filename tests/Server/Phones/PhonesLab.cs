using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Tests.Phones;

/// <summary>A running server whose phones resource is asked by raw HTTP.</summary>
internal sealed class PhonesLab : IAsyncDisposable
{
    public const string Template = "openstage-60.ph.json";

    /// <summary>The fields that a new phone must have, with values that an OpenStage 60 takes.</summary>
    public const string Required = """
        "filename": "openstage-60.ph.json", "vendor": "Unify", "model": "OpenStage 60", "password": "s3cret-web", "language": "ENGLISH",
        "transfer": "BLIND", "timezone": "GMT+1 Berlin", "codecs": ["G722", "PCMA"], "interface": "WEB_DOMAIN", "preferred_transport": "TLS"
        """;

    private readonly Func<ServerOptions, ServerOptions>? change;

    private PhonesLab(RunningServer running, Func<ServerOptions, ServerOptions>? change)
    {
        Running = running;
        this.change = change;
    }

    public RunningServer Running { get; }

    public ProvisioningServer Server => Running.Server;

    public static async Task<PhonesLab> StartAsync(Func<ServerOptions, ServerOptions>? change = null) => new(await RunningServer.StartAsync(change), change);

    /// <summary>A server on a store of the kind that is asked for.</summary>
    public static Task<PhonesLab> StartAsync(bool postgres)
    {
        var database = postgres ? PostgresServer.NewDatabase() : null;
        return StartAsync(options => options with { Database = database });
    }

    /// <summary>Ends the server and starts another on the same store.</summary>
    public Task RestartAsync() => Running.RestartAsync(change);

    public Task<string> GetAsync(string target) => RawHttp.GetAsync(Server.AdminUrl, target);

    public Task<string> PostAsync(string target, string body) => RawHttp.PostAsync(Server.AdminUrl, target, body);

    /// <summary>A POST with neither body nor content type.</summary>
    public Task<string> PostAsync(string target) => RawHttp.GetAsync(Server.AdminUrl, target, "POST", "Content-Length: 0\r\n");

    public async Task<JsonNode> JsonAsync(string target)
    {
        var answer = await GetAsync(target);
        Assert.That(RawHttp.Status(answer), Is.EqualTo(200), answer);
        return RawHttp.Json(answer);
    }

    /// <summary>Creates a user.</summary>
    /// <returns>The user's id.</returns>
    public async Task<string> UserAsync(string name = "ann", string extension = "1001", string more = "") =>
        Created(await PostAsync("/api/users", $$"""{"name":"{{name}}","extension_number":"{{extension}}"{{more}}}"""));

    /// <summary>Creates a phone with the required fields and others.</summary>
    /// <returns>The phone's id.</returns>
    public async Task<string> PhoneAsync(string user, string mac = PhoneTalk.Mac, string more = "") =>
        Created(await PostAsync($"/api/users/{user}/phones", Body(mac, more)));

    public static string Body(string mac = PhoneTalk.Mac, string more = "") => $$"""{"mac":"{{mac}}", {{Required}}{{more}}}""";

    public static string Created(string answer)
    {
        Assert.That(RawHttp.Status(answer), Is.EqualTo(201), answer);
        return RawHttp.Json(answer)["id"]!.GetValue<string>();
    }

    /// <summary>The items of a job as "name=value" or "name[index]=value".</summary>
    public static string[] Items(Job job) => [.. job.Items.Select(item => $"{item.Key}={item.Value}")];

    /// <summary>Jobs of a phone, the oldest first.</summary>
    public IReadOnlyList<Job> Jobs(string mac = PhoneTalk.Mac) => [.. Server.Jobs.List(mac).Reverse()];

    public static void AssertRefused(string answer, int status, string field, string value, string allowed)
    {
        Assert.That(RawHttp.Status(answer), Is.EqualTo(status), answer);
        var error = RawHttp.Json(answer)["errors"]!.AsArray().Single()!;
        Assert.That(error["detail"]!["field"]!.GetValue<string>(), Is.EqualTo(field));
        Assert.That(error["detail"]!["value"]!.GetValue<string>(), Is.EqualTo(value));
        Assert.That(error["detail"]!["allowed"]!.GetValue<string>(), Does.Contain(allowed));
        Assert.That(error["code"]!.GetValue<string>(), Is.EqualTo(status switch
        {
            400 => "VALIDATE_FAILED",
            401 => "UNAUTHORIZED",
            404 => "NOT_FOUND",
            _ => "CONFLICT",
        }));
    }

    public ValueTask DisposeAsync() => Running.DisposeAsync();
}
