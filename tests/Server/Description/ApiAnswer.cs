using System.Text.Json.Nodes;

namespace OpenStage.Server.Tests.Description;

/// <summary>What an operation answered.</summary>
internal sealed record ApiAnswer(int Status, string? ContentType, string Text)
{
    public JsonNode? Json => ContentType == "application/json" ? JsonNode.Parse(Text) : null;

    public bool IsSuccess => Status is >= 200 and < 300;
}
