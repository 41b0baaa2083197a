using System.Text.Json.Serialization;

namespace OpenStage.Server.Phones;

/// <summary>A page of the list of users.</summary>
/// <param name="Count">How many users there are, whatever the page.</param>
public sealed record UserListView(
    [property: JsonPropertyName("count")] long Count,
    [property: JsonPropertyName("items")] IReadOnlyList<UserView> Items);
