using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using OpenStage.Protocol.Items;
using OpenStage.Protocol.Messages;

namespace OpenStage.Server.Phones;

/// <summary>Reads template files, and refuses what no phone could be set to.</summary>
internal static partial class ModelProfileReader
{
    private const string Form = "the form of the built-in templates, see /api/templates/phones";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 8,
    };

    /// <exception cref="RequestException">The content is no profile; the field is the place in it, such as <c>content.languages[2].value</c>.</exception>
    public static ModelProfile Read(string content)
    {
        ModelProfile profile;
        try
        {
            profile = JsonSerializer.Deserialize<ModelProfile>(content, Json) ?? throw new RequestException("content", "null", Form);
        }
        catch (JsonException wrong)
        {
            throw new RequestException($"content{wrong.Path?.TrimStart('$')}", string.Create(CultureInfo.InvariantCulture, $"line {wrong.LineNumber + 1}"), Form);
        }

        Check(profile);
        return profile;
    }

    /// <summary>The items of a value, in the order of the file.</summary>
    public static IEnumerable<Item> Items(IReadOnlyDictionary<string, string> items) => items.Select(item => Item(item.Key, item.Value)!.Value);

    private static void Check(ModelProfile profile)
    {
        Require(profile.Vendor.Length is > 0 and <= 64, "vendor", profile.Vendor, "1 to 64 characters");
        Require(profile.Model.Length is > 0 and <= 64, "model", profile.Model, "1 to 64 characters");
        Require(profile.DisplayName.Length is > 0 and <= 64, "display_name", profile.DisplayName, "1 to 64 characters");
        for (var index = 0; index < profile.Codecs.Count; index++)
            Require(profile.Codecs[index] is not null, string.Create(CultureInfo.InvariantCulture, $"codecs[{index}]"), "null", Form);
        foreach (var (name, values) in profile.Lists)
        {
            var seen = new HashSet<string>();
            for (var index = 0; index < values.Count; index++)
                Check(string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]"), values[index], seen);
        }

        Require(profile.Languages.Count > 0, "languages", "none", "at least one language");
        Require(profile.TimeZones.Count > 0, "time_zones", "none", "at least one time zone");
        for (var index = 0; index < profile.Languages.Count; index++)
            Require(PhoneWords.Languages.Contains(profile.Languages[index].Value),
                string.Create(CultureInfo.InvariantCulture, $"languages[{index}].value"), profile.Languages[index].Value, string.Join(", ", PhoneWords.Languages));
        for (var index = 0; index < profile.Codecs.Count; index++)
            Require(profile.Codecs[index].Slot is >= 1 and <= 3, string.Create(CultureInfo.InvariantCulture, $"codecs[{index}].slot"),
                profile.Codecs[index].Slot.ToString(CultureInfo.InvariantCulture), "1 to 3");
    }

    private static void Check(string place, ProfileValue value, HashSet<string> seen)
    {
        Require(value is not null, place, "null", Form);
        Require(value!.Value.Length is > 0 and <= 255 && !value.Value.Any(char.IsControl), $"{place}.value", value.Value, "1 to 255 characters");
        Require(seen.Add(value.Value), $"{place}.value", value.Value, "each value once");
        foreach (var (key, text) in value.Items)
        {
            Require(text is not null, $"{place}.items.{key}", "null", "a text");
            var named = Item(key, text!);
            Require(named is not null, $"{place}.items", key, "the name of an item, with an index in brackets where it has one");
            var item = named!.Value;
            // Whoever may write a template must not make it a way past the masks.
            Require(!SecretItems.IsSecret(item.Name), $"{place}.items.{key}", "a secret", "items that are no secrets");
            if (ItemCatalogue.Default.CheckWrite(item) is { } finding)
                throw new RequestException($"content.{place}.items.{key}", finding.Actual, finding.Expected);
        }
    }

    private static Item? Item(string key, string value)
    {
        var match = Key().Match(key);
        if (!match.Success)
            return null;
        var index = match.Groups["index"];
        return new Item(match.Groups["name"].Value, value, index.Success ? int.Parse(index.Value, CultureInfo.InvariantCulture) : null);
    }

    private static void Require(bool holds, string place, string value, string allowed)
    {
        if (!holds)
            throw new RequestException($"content.{place}", value, allowed);
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9-]{1,255})(\[(?<index>[0-9]{1,5})\])?\z")]
    private static partial Regex Key();
}
