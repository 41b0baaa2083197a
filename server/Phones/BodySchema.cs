using System.Text.Json;
using OpenStage.Server.Admin;

namespace OpenStage.Server.Phones;

/// <summary>The fields of a JSON body.</summary>
/// <param name="isNew">True when the mandatory fields must be there.</param>
internal sealed class BodySchema(bool isNew, params IReadOnlyList<BodyField> fields)
{
    private readonly Dictionary<string, BodyField> byName = fields.ToDictionary(field => field.Name);

    public IReadOnlyList<BodyField> Fields { get; } = fields;

    public bool IsNew { get; } = isNew;

    /// <summary>Reads a body; none at all is like one without fields.</summary>
    /// <exception cref="RequestException">A field is unknown, missing, twice there, or its value not allowed.</exception>
    /// <exception cref="BadHttpRequestException">The body is no JSON.</exception>
    public async Task<BodyValues> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        if (body.Length == 0)
            return Read([]);
        if (!request.HasJsonContentType())
            throw ApiErrors.WrongType(request);
        using var json = Parse(body.ToArray());
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            throw new RequestException("body", json.RootElement.ValueKind.ToString(), "a JSON object");
        return Read(json.RootElement.EnumerateObject());
    }

    /// <summary>Reads what a form of a page brought.</summary>
    /// <exception cref="RequestException">A field is unknown, missing, twice there, or its value not allowed.</exception>
    public BodyValues Read(JsonElement body) => Read(body.EnumerateObject());

    private BodyValues Read(IEnumerable<JsonProperty> properties)
    {
        var values = new Dictionary<string, object?>();
        foreach (var property in properties)
        {
            var name = NameOf(property);
            if (!byName.TryGetValue(name, out var field))
                throw new RequestException(name, "unknown field", string.Join(", ", byName.Keys));
            if (!values.TryAdd(name, field.Read(property.Value)))
                throw new RequestException(name, "given twice", "each field once");
        }

        foreach (var field in Fields)
        {
            if (IsNew && field.IsMandatory && !values.ContainsKey(field.Name))
                throw new RequestException(field.Name, "", field.Allowed);
        }

        return new BodyValues(values);
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw new RequestException("body", "half a surrogate pair in a name", "well-formed JSON");
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException broken)
        {
            throw new BadHttpRequestException("The body is no JSON.", 400,
                new JsonException(broken.Message, "$", broken.LineNumber, broken.BytePositionInLine, broken));
        }
    }
}
