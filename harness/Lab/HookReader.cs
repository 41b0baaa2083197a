using System.Text.Json;
using OpenStage.Harness.ServiceSuite.Hooks;
using OpenStage.Protocol.Json;

namespace OpenStage.Harness.Lab;

/// <summary>Reads how jobs are created at a service under test.</summary>
internal sealed class HookReader(PlacedValues values)
{
    private const string TimeoutKey = "timeoutSeconds";
    private const string UrlForm = "an http or https address without user such as http://127.0.0.1:8080";

    private static readonly Dictionary<string, (HookKind Kind, string[] Keys)> Kinds = new()
    {
        ["none"] = (HookKind.None, ["kind"]),
        ["rest"] = (HookKind.Rest, ["kind", "method", "url", "headers", "body", "tokenVariable", "tokenFile", TimeoutKey]),
        ["command"] = (HookKind.Command, ["kind", "command", TimeoutKey]),
        ["prompt"] = (HookKind.Prompt, ["kind", TimeoutKey]),
        ["openstage-admin"] = (HookKind.OpenStageAdmin, ["kind", "url", "tokenVariable", "tokenFile", TimeoutKey]),
    };

    public LabHook Read(PlacedJson json)
    {
        var given = json.Members.FirstOrDefault(member => member.Key == "kind").Value;
        if (given is not { Kind: JsonTokenType.String } || !Kinds.TryGetValue(given.Text, out var known))
        {
            var all = values.Keys(json, [.. Kinds.Values.SelectMany(kind => kind.Keys).Distinct()]);
            values.Demand(all, json, "kind");
            values.Word(all, "kind", [.. Kinds.Keys]);
            return LabHook.None;
        }

        var keys = values.Keys(json, known.Keys);
        var isPrompt = known.Kind == HookKind.Prompt;
        var hook = new LabHook
        {
            Kind = known.Kind,
            Url = known.Keys.Contains("url") ? Url(keys, json) : "",
            Method = values.Word(keys, "method", "GET", "POST", "PUT") ?? "POST",
            Headers = keys.TryGetValue("headers", out var headers) ? Headers(headers) : [],
            Body = values.Text(keys, "body") ?? "",
            TokenVariable = NotBlank(keys, "tokenVariable", "the name of an environment variable"),
            TokenFile = NotBlank(keys, "tokenFile", "the path of a file"),
            Command = known.Kind == HookKind.Command ? Command(keys, json) : [],
            Timeout = TimeSpan.FromSeconds(values.Number(keys, TimeoutKey, 1, 600) ?? (isPrompt ? 600 : 30)),
        };
        CheckToken(hook, json, keys);
        return hook;
    }

    private void CheckToken(LabHook hook, PlacedJson json, Dictionary<string, PlacedJson> keys)
    {
        var (variable, file) = (keys.GetValueOrDefault("tokenVariable"), keys.GetValueOrDefault("tokenFile"));
        if (variable is not null && file is not null)
            values.Say(file, file.Path, "tokenVariable is given as well; allowed is one of the two.");
        if (variable is not null || file is not null)
            return;
        if (hook.Kind == HookKind.OpenStageAdmin)
            values.Say(json, json.Path, "tokenVariable or tokenFile is missing: where the token of the administration is found.");
        var used = hook.Headers.Select(header => header.Value).Append(hook.Url).Append(hook.Body);
        if (hook.Kind == HookKind.Rest && used.Any(text => text.Contains(HookTemplate.Token, StringComparison.Ordinal)))
            values.Say(json, json.Path, $"{HookTemplate.Token} is used, but neither tokenVariable nor tokenFile says where it is found.");
    }

    private string Url(Dictionary<string, PlacedJson> keys, PlacedJson json)
    {
        var url = values.Required(keys, json, "url");
        if (url is not null && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0))
            values.RefuseUrl(keys["url"], UrlForm);
        return url ?? "";
    }

    private List<KeyValuePair<string, string>> Headers(PlacedJson json)
    {
        if (json.Kind != JsonTokenType.StartObject)
            values.Refuse(json, "an object");
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in json.Members)
        {
            var text = values.Text(value);
            if (text is not null && text.Any(char.IsControl))
                values.Refuse(value, "a text in one line");
            headers.Add(new KeyValuePair<string, string>(name, text ?? ""));
        }

        return headers;
    }

    private List<string> Command(Dictionary<string, PlacedJson> keys, PlacedJson json)
    {
        values.Demand(keys, json, "command");
        return keys.ContainsKey("command") ? values.Command(keys, "command", "[\"create-job\", \"--quiet\"]") : [];
    }

    private string? NotBlank(Dictionary<string, PlacedJson> keys, string key, string form)
    {
        var text = values.Text(keys, key);
        if (text is not null && text.Trim().Length == 0)
            values.Refuse(keys[key], form);
        return text;
    }
}
