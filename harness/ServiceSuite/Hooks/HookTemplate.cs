using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenStage.Harness.ServiceSuite.Hooks;

/// <summary>Puts a job into the templates of a hook, and into JSON.</summary>
internal static class HookTemplate
{
    /// <summary>Stands for the token, which is never shown.</summary>
    public const string Token = "{token}";

    /// <summary>The template with the job's values; what is in braces and no placeholder stays.</summary>
    /// <param name="escape">Makes a value fit where the template is used; the items are JSON already.</param>
    public static string Fill(string template, ServiceJob job, string token, Func<string, string> escape)
    {
        var file = job.Files.Count > 0 ? job.Files[0] : null;
        var values = new (string Name, string Value)[]
        {
            (Token, escape(token)),
            ("{mac}", escape(job.Mac)),
            ("{job-kind}", escape(job.Kind.ToString())),
            ("{items}", Items(job).ToJsonString()),
            ("{file-url}", escape(file?.AbsoluteUri ?? "")),
            ("{file-name}", escape(file is null ? "" : Name(file))),
            ("{file-type}", escape(job.FileType)),
            ("{version}", escape(job.Version)),
            ("{pin}", escape(job.Pin)),
            ("{poll-url}", escape(job.PollUrl?.AbsoluteUri ?? "")),
        };
        return values.Aggregate(template, (text, value) => text.Replace(value.Name, value.Value, StringComparison.Ordinal));
    }

    /// <summary>A value inside a JSON text.</summary>
    public static string InJson(string value) => JsonEncodedText.Encode(value).Value;

    /// <summary>The whole job as JSON, for programs.</summary>
    public static JsonObject Json(ServiceJob job) => new()
    {
        ["mac"] = job.Mac,
        ["kind"] = job.Kind.ToString(),
        ["items"] = Items(job),
        ["files"] = new JsonArray([.. job.Files.Select(file => JsonValue.Create(file.AbsoluteUri))]),
        ["fileType"] = job.FileType,
        ["version"] = job.Version,
        ["pin"] = job.Pin,
        ["pollUrl"] = job.PollUrl?.AbsoluteUri,
    };

    public static JsonArray Items(ServiceJob job) => new([.. job.Items.Select(item =>
    {
        var node = new JsonObject { ["name"] = item.Name, ["value"] = item.Value };
        if (item.Index is { } index)
            node["index"] = index;
        return node;
    })]);

    /// <summary>Name of the file at an address.</summary>
    public static string Name(Uri file) => Uri.UnescapeDataString(file.Segments[^1]);
}
