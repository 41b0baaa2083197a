using System.Text.Json.Nodes;
using NUnit.Framework;
using OpenStage.Server.Accounts;

namespace OpenStage.Server.Tests.Description;

/// <summary>Each refusal that the description has is given, and no other.</summary>
public sealed class RefusalTests
{
    private const int MaxFileBytes = 2_000_000;

    /// <summary>What must have been done for an operation to be refused with 409; of most, the operation itself.</summary>
    private static readonly Dictionary<string, string[]> Conflicts = new()
    {
        ["createUser"] = ["createUser"],
        ["createUserPhone"] = ["createUserPhone"],
        ["createOwnPhone"] = ["createOwnPhone"],
        ["createPhoneTemplate"] = ["createPhoneTemplate"],
        ["beginSecureMode"] = ["beginSecureMode"],
        ["releasePhone"] = ["releasePhone"],
        ["startScan"] = ["startScan"],
        ["createItemTemplate"] = ["createItemTemplate"],
        ["createAccount"] = ["createAccount"],
        ["startCampaign"] = ["startCampaign"],
        ["pauseCampaign"] = ["pauseCampaign"],
        ["resumeCampaign"] = ["resumeCampaign"],
        ["stopCampaign"] = ["stopCampaign"],
        ["changeCampaign"] = ["startCampaign"],
        ["deleteCampaign"] = ["startCampaign"],
        ["rebootPhone"] = ["rejectPhone"],
        ["setPolling"] = ["rejectPhone"],
        ["endPolling"] = ["setPolling", "rejectPhone"],
        ["createJob"] = ["rejectPhone"],
        ["rejectPhone"] = ["createUserPhone"],
    };

    private ApiWorld world = null!;

    [SetUp]
    public async Task Start() => world = await ApiWorld.StartAsync(options => options with { MaxFileBytes = MaxFileBytes });

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task Each_refusal_that_is_described_is_given_and_no_other()
    {
        var newcomer = world.TokenOfNewcomer();
        foreach (var operation in world.Api.Operations)
        {
            await using var scenario = Scenario.Begin(world);
            foreach (var status in operation.Refusals)
                await RefuseAsync(operation, status, scenario, newcomer);
        }

        await RefuseSpecialsAsync();
        var missing = from operation in world.Api.Operations
                      from status in operation.Refusals
                      where !world.Answered.Contains((operation.Id, status))
                      select $"{operation} never answered {status}";
        var faults = world.Faults.Concat(missing).ToList();
        Assert.That(faults, Is.Empty, string.Join('\n', faults));
    }

    /// <summary>Provokes a refusal by what the description says of the operation.</summary>
    private async Task RefuseAsync(Operation operation, int status, Scenario scenario, string newcomer)
    {
        var anything = new ApiRequest(operation) { Path = operation.Parameters.Where(parameter => parameter.IsOfPath).ToDictionary(parameter => parameter.Name, _ => "1") };
        _ = status switch
        {
            401 => await world.SendAsync(anything, null),
            403 when operation.Role == "Viewer" => await world.SendAsync(anything, newcomer),
            403 when Enum.TryParse<Role>(operation.Role, out var least) => await world.SendAsync(anything, world.TokenOf(least - 1)),
            400 => await world.SendAsync(BadInput.Simple(await scenario.PrepareAsync(operation.Id))),
            404 when anything.Path.Count > 0 => await world.SendAsync(Unknown(await scenario.PrepareAsync(operation.Id))),
            413 => await world.SendAsync(anything with { Body = new byte[5_000_000], ContentType = operation.BodyType }),
            415 => await world.SendAsync(anything.WithBody("{}", "text/plain")),
            _ => null,
        };
        if (status != 409 || !Conflicts.TryGetValue(operation.Id, out var before))
            return;
        await using var conflict = Scenario.Begin(world);
        foreach (var first in before)
            await conflict.DoAsync(first);
        var request = await conflict.PrepareAsync(operation.Id);
        var stored = await world.StoreHashAsync();
        await world.SendAsync(request);
        Assert.That(await world.StoreHashAsync(), Is.EqualTo(stored), $"{operation} stored something");
    }

    /// <summary>Of what the last parameter of the path names there is none.</summary>
    private static ApiRequest Unknown(ApiRequest request)
    {
        var last = request.Operation.Parameters.Last(parameter => parameter.IsOfPath);
        return request.With(last.Name, last.Name == "mac" ? "00:1A:E8:FF:FF:FF" : "999999");
    }

    /// <summary>Provokes what takes a world of its own.</summary>
    private async Task RefuseSpecialsAsync()
    {
        await using (var scenario = Scenario.Begin(world))
        {
            // The operator's account has no user of its name.
            foreach (var own in new[] { "listOwnPhones", "createOwnPhone" })
                await world.SendAsync(await scenario.PrepareAsync(own), world.TokenOf(Role.Operator));
            await world.SendAsync(await scenario.PrepareAsync("setPassword"), world.TokenOf(Role.Operator));
            await ConflictOfNamesAsync("updateUser", "createUser", scenario);
            await ConflictOfNamesAsync("changeItemTemplate", "createItemTemplate", scenario);
            foreach (var built in new[] { "updatePhoneTemplate", "deletePhoneTemplate" })
                await world.SendAsync((await scenario.PrepareAsync(built)).With("filename", "openstage-60.ph.json"));
            await ConflictOfFilesAsync(scenario);
        }

        await using (var scenario = Scenario.Begin(world))
            // There is no template for any phone.
            await world.SendAsync(new ApiRequest(world.Api["applyDeviceTemplate"]) { Path = (await scenario.PrepareAsync("showDevice")).Path }.WithBody("{}"));
        await ConflictOfAuthoritiesAsync();
        await ConflictOfAdministratorsAsync();
        await TryTooOftenAsync();
        await world.Lab.Server.StopAsync(CancellationToken.None);
        await world.SendAsync(new ApiRequest(world.Api["showReady"]));
    }

    private async Task ConflictOfNamesAsync(string change, string create, Scenario scenario)
    {
        var request = await scenario.PrepareAsync(change);
        await using var other = Scenario.Begin(world);
        var taken = (await other.PrepareAsync(create)).JsonBody["name"]!.ToString();
        await other.DoAsync(create);
        await world.SendAsync(request.With("name", JsonValue.Create(taken)));
    }

    private async Task ConflictOfFilesAsync(Scenario scenario)
    {
        var delete = await scenario.PrepareAsync("deleteFile");
        var job = await scenario.PrepareAsync("createJob");
        var body = $$"""{"mac":"{{job.JsonBody["mac"]}}","kind":"FileDeployment","files":[{"file":{{delete.Path["id"]}}}]}""";
        await world.SendAsync(job.WithBody(body));
        await world.SendAsync(delete);
        // Another upload gives up those that brought nothing for hours.
        await using var late = new LateStream([1, 2, 3], () =>
        {
            world.Lab.Clock.Advance(TimeSpan.FromHours(3));
            world.Lab.Server.Files.RemoveLeftovers();
        });
        await world.SendAsync(await scenario.PrepareAsync("uploadFile") with { Body = null, Source = late });
    }

    /// <summary>Of the three that phones hold certificates of, one more is too many; and the one that issues stays.</summary>
    private async Task ConflictOfAuthoritiesAsync()
    {
        await using var first = Scenario.Begin(world);
        await using var second = Scenario.Begin(world);
        await first.DoAsync("beginSecureMode");
        await first.DoAsync("makeAuthority");
        await second.DoAsync("beginSecureMode");
        var another = new ApiRequest(world.Api["makeAuthority"]).WithBody("{}");
        if ((await world.SendAsync(another)).IsSuccess)
            await world.SendAsync(another);
        var authorities = (await world.SendAsync(new ApiRequest(world.Api["listAuthorities"]))).Json!.AsArray();
        await world.SendAsync(new ApiRequest(world.Api["retireAuthority"]).With("id", authorities[^1]!["id"]!.ToString()));
    }

    private async Task ConflictOfAdministratorsAsync()
    {
        var remove = new ApiRequest(world.Api["removeAccount"]);
        var self = ApiWorld.NameOf(Role.Administrator);
        foreach (var account in world.Lab.Server.Access.Accounts.List().Where(account => account.Role == Role.Administrator && account.Name != self))
            await world.SendAsync(remove.With("name", account.Name));
        await world.SendAsync(remove.With("name", self));
        await world.SendAsync(new ApiRequest(world.Api["changeAccount"]).With("name", self).WithBody("""{"disabled":true}"""));
    }

    private async Task TryTooOftenAsync()
    {
        var logIn = new ApiRequest(world.Api["logIn"]).WithBody("""{"username":"nobody","password":"not this one"}""");
        for (var tries = 0; tries < LoginThrottle.FreeTries; tries++)
            await world.SendAsync(logIn);
        await world.SendAsync(logIn);
        await world.SendAsync(new ApiRequest(world.Api["getToken"]).WithBody("grant_type=password&username=nobody&password=x"));
        await world.SendAsync(new ApiRequest(world.Api["setPassword"]).With("name", ApiWorld.NameOf(Role.Administrator))
            .WithBody("""{"currentPassword":"not this one","newPassword":"four words and more"}"""));
    }
}
