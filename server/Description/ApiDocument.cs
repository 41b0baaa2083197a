using Microsoft.OpenApi;
using OpenStage.Server.Accounts;

namespace OpenStage.Server.Description;

/// <summary>The description of the API, at /openapi/v1.json.</summary>
internal static class ApiDocument
{
    private const string Words = """
        The administration of an OpenStage provisioning service. Each refusal has the body ApiErrorList, which names the field, its
        value, and what is allowed. Beside the answers listed here, any request may be answered 404 when no operation has its path,
        405 when none has its method, 421 when its Host is none of the server's, and 403 when a web page of another origin sends it.
        In examples, 1001 stands for a number of one's own choice, and 00:1A:E8:00:00:01 for the phone that is meant.
        """;

    public static void AddTo(IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "OpenStage provisioning service", Version = "v1", Description = Words.ReplaceLineEndings(" ") };
            return Task.CompletedTask;
        });
        OpenApiLogin.AddTo(options);
        options.AddOperationTransformer(SchemaWords.RequireAsync);
        options.AddSchemaTransformer(SchemaWords.DescribeAsync);
    });
}
