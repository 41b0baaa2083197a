using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenStage.Server.Storage;

/// <summary>How records are written into the store.</summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)
        ?? throw new InvalidDataException($"The store has a null where a {typeof(T).Name} should be.");
}
