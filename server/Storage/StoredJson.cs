using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

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

    public static byte[] Write<T>(T value) => Of<T>.Generated is { } generated
        ? JsonSerializer.SerializeToUtf8Bytes(value, generated)
        : JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>Not by what the compiler makes, which leaves nothing as it was that an older record does not have.</summary>
    public static T Read<T>(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<T>(json, Options)
        ?? throw new InvalidDataException($"The store has a null where a {typeof(T).Name} should be.");

    /// <summary>What the compiler made for a type, looked up once.</summary>
    private static class Of<T>
    {
        public static readonly JsonTypeInfo<T>? Generated = (JsonTypeInfo<T>?)StoredContext.Default.GetTypeInfo(typeof(T));
    }
}
