using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Description;

namespace OpenStage.Server.Operations;

/// <summary>What orchestrators and load balancers ask; needs no login.</summary>
internal sealed class HealthEndpoints(ServerHealth health)
{
    public void Map(IEndpointRouteBuilder application)
    {
        application.MapGet("/health/live", () => TypedResults.Ok(new LiveReport(true)))
            .Described("showLive", "Answers while the process lives; needs no login").WithTags("health").AllowAnonymous();
        application.MapGet("/health/ready", ReadyAsync)
            .Described("showReady", "Whether phones can be served: 200 when the store answers, the listeners are open and the server is not stopping, else 503; needs no login")
            .WithTags("health").Produces<HealthReport>().Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable).AllowAnonymous();
    }

    private async Task<JsonHttpResult<HealthReport>> ReadyAsync()
    {
        var report = await health.LookAsync();
        return TypedResults.Json(report, statusCode: report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
