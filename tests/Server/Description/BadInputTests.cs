using System.Text.Json.Nodes;
using NUnit.Framework;

namespace OpenStage.Server.Tests.Description;

/// <summary>Whatever is wrong with a request, it is refused by name, and nothing of it is stored.</summary>
public sealed class BadInputTests
{
    /// <summary>Fields for which the refusal names another one: one of two ways was chosen with it, or it must not be told which is wrong.</summary>
    private static readonly Dictionary<string, string> Instead = new() { ["from"] = "network", ["to"] = "network", ["username"] = "password", ["url"] = "content.files[0]" };

    [Test]
    public async Task Bad_input_to_any_operation_is_refused_by_name_and_changes_nothing()
    {
        await using var world = await ApiWorld.StartAsync();
        var faults = new List<string>();
        foreach (var operation in world.Api.Operations)
        {
            await using var scenario = Scenario.Begin(world);
            var good = await scenario.PrepareAsync(operation.Id);
            var before = await world.StoreHashAsync();
            var entries = world.Lab.Server.Access.Audit.Find(new()).Count;
            foreach (var bad in BadInput.All(world.Api, good).Concat(More(world.Api, good)))
            {
                faults.AddRange(Wrong(bad, await world.SendAsync(bad.Request)).Select(fault => $"{operation} {bad.What}: {fault}"));
                world.ForgiveLogins(good);
            }

            if (await world.StoreHashAsync() != before)
                faults.Add($"{operation}: something was stored");
            var done = world.Lab.Server.Access.Audit.Find(new() { Top = 500 });
            faults.AddRange(done.Items.Take((int)Math.Min(500, done.Count - entries)).Where(entry => entry.Status < 400)
                .Select(entry => $"{operation}: the audit log has {entry.Method} {entry.Resource} as done"));
        }

        faults.AddRange(world.Faults.Distinct());
        Assert.That(faults, Is.Empty, string.Join('\n', faults));
    }

    private static IEnumerable<BadInput.BadRequest> More(ApiDescription api, ApiRequest good) =>
        from further in FurtherBodies.All
        where further.Operation == good.Operation.Id
        let body = JsonNode.Parse(further.Json)!
        from bad in BadInput.OfFields(api, further.Field.Length == 0 ? good.WithJson(body) : good.With(further.Field, body))
        select bad;

    private static IEnumerable<string> Wrong(BadInput.BadRequest bad, ApiAnswer answer)
    {
        if (answer.Status is < 400 or >= 500)
        {
            yield return $"{answer.Status} {answer.Text}";
            yield break;
        }

        if (answer.Json?["errors"] is not JsonArray { Count: > 0 } errors)
        {
            yield return $"{answer.Status} without errors: {answer.Text}";
            yield break;
        }

        var detail = errors[0]!["detail"]!;
        var place = $"{detail["field"]} {detail["value"]}";
        var isInstead = Instead.GetValueOrDefault(bad.Field) == detail["field"]!.ToString();
        if (detail["field"]!.ToString().Length == 0 || detail["allowed"]!.ToString().Length == 0)
            yield return $"names no field or no rule: {answer.Text}";
        else if (!place.Contains(bad.Field, StringComparison.OrdinalIgnoreCase) && !isInstead && !(bad.Request.Raw is not null && detail["field"]!.ToString() == "path"))
            yield return $"names {detail["field"]} in place of {bad.Field}: {answer.Text}";
    }
}
