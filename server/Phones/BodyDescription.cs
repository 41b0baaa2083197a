using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace OpenStage.Server.Phones;

/// <summary>Puts a body's fields and limits into the OpenAPI document.</summary>
internal static class BodyDescription
{
    private const string Json = "application/json";

    /// <param name="example">A body that is taken, as JSON.</param>
    public static RouteHandlerBuilder WithBody(this RouteHandlerBuilder route, BodySchema schema, string example) =>
        route.Accepts<object>(isOptional: true, Json).AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = schema.IsNew,
                Content = new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = Describe(schema), Example = JsonNode.Parse(example) } },
            };
            return Task.CompletedTask;
        });

    private static OpenApiSchema Describe(BodySchema schema) => new()
    {
        Type = JsonSchemaType.Object,
        AdditionalPropertiesAllowed = false,
        Required = schema.IsNew ? schema.Fields.Where(field => field.IsMandatory).Select(field => field.Name).ToHashSet() : null,
        Properties = schema.Fields.ToDictionary(field => field.Name, IOpenApiSchema (field) => Describe(field)),
    };

    private static OpenApiSchema Describe(BodyField field)
    {
        var nullable = field.IsMandatory ? default : JsonSchemaType.Null;
        var schema = new OpenApiSchema { Description = $"{field.Description} Allowed: {field.Allowed}." };
        switch (field.Kind)
        {
            case BodyKind.Flag:
                schema.Type = JsonSchemaType.Boolean | nullable;
                break;
            case BodyKind.Whole:
                schema.Type = JsonSchemaType.Integer | nullable;
                schema.Minimum = field.Least.ToString(CultureInfo.InvariantCulture);
                schema.Maximum = field.Most.ToString(CultureInfo.InvariantCulture);
                break;
            case BodyKind.Texts:
                schema.Type = JsonSchemaType.Array | nullable;
                schema.Items = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 };
                schema.MaxItems = field.Most;
                schema.UniqueItems = true;
                break;
            default:
                schema.Type = JsonSchemaType.String | nullable;
                schema.MinLength = field.IsMandatory ? field.Least : null;
                schema.MaxLength = field.Most;
                if (field.Choices.Count > 0)
                    schema.Enum = [.. field.Choices];
                break;
        }

        return schema;
    }
}
