using System.Collections.Frozen;

namespace OpenStage.Server.Phones;

/// <summary>The templates that come with the server, one a model.</summary>
internal static class BuiltInProfiles
{
    private const string Prefix = "phones/";

    private static readonly Lazy<FrozenDictionary<string, PhoneTemplate>> Loaded = new(Load);

    /// <summary>By file name.</summary>
    public static FrozenDictionary<string, PhoneTemplate> All => Loaded.Value;

    private static FrozenDictionary<string, PhoneTemplate> Load()
    {
        var assembly = typeof(BuiltInProfiles).Assembly;
        var templates = new List<PhoneTemplate>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            templates.Add(new PhoneTemplate { Filename = name[Prefix.Length..], Content = reader.ReadToEnd() });
        }

        return templates.ToFrozenDictionary(template => template.Filename, StringComparer.Ordinal);
    }
}
