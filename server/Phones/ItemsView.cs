using System.Text.Json.Serialization;

namespace OpenStage.Server.Phones;

/// <summary>A list that is always given whole.</summary>
public sealed record ItemsView<T>([property: JsonPropertyName("items")] IReadOnlyList<T> Items);
