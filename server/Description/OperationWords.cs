using System.Text.Json.Nodes;
using OpenStage.Server.Admin;

namespace OpenStage.Server.Description;

/// <summary>What routes say of themselves in the description of the API.</summary>
internal static class OperationWords
{
    /// <summary>Names an operation, and its refusals beside those that all of its kind have.</summary>
    public static RouteHandlerBuilder Described(this RouteHandlerBuilder route, string name, string summary, params ReadOnlySpan<int> refusals)
    {
        route.WithName(name).WithSummary(summary);
        foreach (var status in refusals)
            route.Produces<ApiErrorList>(status);
        return route;
    }

    /// <summary>Shows a body that the operation takes.</summary>
    public static RouteHandlerBuilder Example(this RouteHandlerBuilder route, string json) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var content in operation.RequestBody!.Content!.Values)
                content.Example = JsonNode.Parse(json);
            return Task.CompletedTask;
        });
}
