using System.Collections.Frozen;
using System.Text;
using OpenStage.Server.Devices;

namespace OpenStage.Server.Templates;

/// <summary>Values with placeholders: <c>{{device.e164}}</c>, and <c>{{{{</c> for two braces.</summary>
internal static class Placeholders
{
    private const string Open = "{{";
    private const string Close = "}}";

    private static readonly FrozenDictionary<string, Func<Device, string>> OfDevice = new Dictionary<string, Func<Device, string>>
    {
        ["device.mac"] = device => device.Mac,
        ["device.mac.compact"] = device => device.Mac.Replace(":", "", StringComparison.Ordinal),
        ["device.model"] = device => device.Model,
        ["device.firmware"] = device => device.Firmware,
        ["device.e164"] = device => device.E164,
        ["device.location"] = device => device.Location,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> OfUser = new[] { "user.name", "user.extension", "user.email" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The names that there are, for error messages.</summary>
    public static string Known { get; } = string.Join(", ", OfDevice.Keys.Concat(OfUser).Order(StringComparer.Ordinal).Select(name => Open + name + Close));

    /// <summary>True when a value has a placeholder or an escape.</summary>
    public static bool AreIn(string value) => value.Contains(Open, StringComparison.Ordinal);

    /// <summary>Finds what is wrong with the placeholders of a value.</summary>
    /// <returns>The first one that is unknown or has no end, with its place, from 1; or null.</returns>
    public static (string Text, int Place)? Wrong(string value)
    {
        foreach (var part in Parts(value))
        {
            if (part.Name is { } name && !OfDevice.ContainsKey(name) && !OfUser.Contains(name))
                return (part.Text, part.Place);
        }

        return null;
    }

    /// <summary>Fills a value in.</summary>
    /// <param name="user">Facts of the phone's user by name, such as <c>name</c> and <c>extension</c>; empty when it has none.</param>
    /// <returns>The value, and the placeholders that have none for this phone.</returns>
    public static (string Value, IReadOnlyList<string> Missing) Fill(string value, Device device, IReadOnlyDictionary<string, string> user)
    {
        var filled = new StringBuilder();
        var missing = new List<string>();
        foreach (var part in Parts(value))
        {
            var text = part.Name is null ? part.Text : Value(part.Name, device, user);
            if (string.IsNullOrEmpty(text))
                missing.Add(part.Text);
            filled.Append(text);
        }

        return (filled.ToString(), missing);
    }

    private static string? Value(string name, Device device, IReadOnlyDictionary<string, string> user) =>
        OfDevice.TryGetValue(name, out var fact) ? fact(device) : OfUser.Contains(name) ? user.GetValueOrDefault(name["user.".Length..]) : null;

    /// <summary>Texts and placeholders of a value in order.</summary>
    private static IEnumerable<Part> Parts(string value)
    {
        var at = 0;
        while (at < value.Length)
        {
            var open = value.IndexOf(Open, at, StringComparison.Ordinal);
            if (open != at)
            {
                yield return new Part(value[at..(open < 0 ? value.Length : open)], null, at + 1);
                if (open < 0)
                    yield break;
            }

            if (value.AsSpan(open + Open.Length).StartsWith(Open))
            {
                yield return new Part(Open, null, open + 1);
                at = open + 2 * Open.Length;
                continue;
            }

            var close = value.IndexOf(Close, open, StringComparison.Ordinal);
            at = close < 0 ? value.Length : close + Close.Length;
            // One without an end has a name that no placeholder has.
            var name = close < 0 ? "" : value[(open + Open.Length)..close].Trim();
            yield return new Part(value[open..at], name, open + 1);
        }
    }

    /// <param name="Text">As it stands there.</param>
    /// <param name="Name">Of a placeholder, its name; null for text.</param>
    /// <param name="Place">Where it begins, from 1.</param>
    private sealed record Part(string Text, string? Name, int Place);
}
