using System.Text.Json.Serialization;
using OpenStage.Server.Devices;
using OpenStage.Server.Interactions;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Storage;

/// <summary>The code that writes what each message of a phone changes, made by the compiler.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Device))]
[JsonSerializable(typeof(InteractionState))]
[JsonSerializable(typeof(Job))]
internal sealed partial class StoredContext : JsonSerializerContext;
