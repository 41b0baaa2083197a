using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OpenStage.Server.Description;

/// <summary>Puts what <see cref="AllowedAttribute"/> says into the schemas of the description.</summary>
internal static class SchemaWords
{
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var property = context.JsonPropertyInfo?.AttributeProvider;
        if (schema.Enum is { Count: > 0 })
            schema.Type ??= JsonSchemaType.String;
        if (property is null && context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object)
            Require(schema, context.JsonTypeInfo.Properties);
        if (Of(property ?? Parameter(context)) is { } allowed)
            Describe(schema, allowed);
        return Task.CompletedTask;
    }

    /// <summary>The parameter that a schema is of; null for one of an element of a list.</summary>
    private static ParameterInfo? Parameter(OpenApiSchemaTransformerContext context) =>
        context.ParameterDescription is { } described && described.Type == context.JsonTypeInfo.Type ? Parameter(described) : null;

    private static ParameterInfo? Parameter(ApiParameterDescription described) =>
        (described.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo;

    /// <summary>Marks the parameters of a query that must be given.</summary>
    public static Task RequireAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var needed = context.Description.ParameterDescriptions.Where(described => Of(Parameter(described)) is { IsNeeded: true }).Select(described => described.Name);
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().IntersectBy(needed, parameter => parameter.Name) ?? [])
            parameter.Required = true;
        return Task.CompletedTask;
    }

    private static AllowedAttribute? Of(ICustomAttributeProvider? place) =>
        place?.GetCustomAttributes(typeof(AllowedAttribute), false) is [AllowedAttribute allowed] ? allowed : null;

    private static void Require(OpenApiSchema schema, IEnumerable<JsonPropertyInfo> properties)
    {
        foreach (var property in properties.Where(property => Of(property.AttributeProvider) is { IsNeeded: true }))
            (schema.Required ??= new HashSet<string>()).Add(property.Name);
    }

    private static void Describe(OpenApiSchema schema, AllowedAttribute allowed)
    {
        if (allowed.IsNeeded)
            schema.Type &= ~JsonSchemaType.Null;
        if (allowed.IsNumber)
            schema.Type = allowed.Example is double ? JsonSchemaType.Number : JsonSchemaType.Integer;
        if (allowed.IsTime)
            schema.Format = "date-time";
        if (!double.IsNaN(allowed.Least))
            schema.Minimum = allowed.Least.ToString(CultureInfo.InvariantCulture);
        if (!double.IsNaN(allowed.Most))
            schema.Maximum = allowed.Most.ToString(CultureInfo.InvariantCulture);
        if (allowed.Names is { } names)
            schema.Enum = [.. Enum.GetNames(names).Where(name => name != allowed.Except).Select(name => (JsonNode)name), .. Nothing(schema)];
        if (allowed.Words is { } words)
            schema.Enum = [.. words.Split(", ").Select(word => (JsonNode)word), .. Nothing(schema)];
        Measure(schema, allowed);
        if (allowed.Example is not null)
            schema.Examples = [JsonValue.Create(allowed.Example)!];
    }

    private static void Measure(OpenApiSchema schema, AllowedAttribute allowed)
    {
        if (schema.Type?.HasFlag(JsonSchemaType.Array) == true)
        {
            schema.MinItems = allowed.Shortest > 0 ? allowed.Shortest : null;
            schema.MaxItems = allowed.Longest > 0 ? allowed.Longest : null;
            return;
        }

        schema.MinLength = allowed.Shortest > 0 ? allowed.Shortest : null;
        schema.MaxLength = allowed.Longest > 0 ? allowed.Longest : null;
    }

    /// <summary>In JSON Schema a null must be among the values, too.</summary>
    private static JsonNode[] Nothing(OpenApiSchema schema) =>
        schema.Type?.HasFlag(JsonSchemaType.Null) == true ? [JsonNullSentinel.JsonNull] : [];
}
