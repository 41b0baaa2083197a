using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Description;

namespace OpenStage.Server.Phones;

/// <summary>The addresses of the PBX.</summary>
internal sealed class NetworkEndpoints(PhoneNetwork network)
{
    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/network", () => NetworkView.Of(network.Show())).Described("showNetwork", "The addresses of the PBX");
        api.MapPost("/network", UpdateAsync)
            .Described("updateNetwork", "Changes addresses of the PBX; what is not given stays", 400).WithBody(NetworkBody.Update, """{"web_domain":"pbx.example.net","private_ipv4":"10.1.2.3"}""");
    }

    private async Task<Ok> UpdateAsync(HttpRequest request)
    {
        network.Update(await NetworkBody.Update.ReadAsync(request));
        return TypedResults.Ok();
    }
}
