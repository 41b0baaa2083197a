using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Admin;

namespace OpenStage.Server.Scans;

/// <summary>Finding phones by asking every address of a range to call.</summary>
internal sealed class ScanEndpoints(AddressScanner scanner)
{
    private const string IdDescription = "Number of the scan";

    public void Map(RouteGroupBuilder api)
    {
        api.MapPost("/scans", Start).WithSummary("Sends a contact-me to each address of a range, so that phones call and are known")
            .Produces<ScanView>(201).Produces<ApiErrorList>(400).Produces<ApiErrorList>(409);
        api.MapGet("/scans", () => scanner.List().Select(scan => scan.View()).ToList()).WithSummary("The latest 20 scans of this node, the newest first");
        api.MapGet("/scans/{id:long}", ([Description(IdDescription)] long id) => Find(id).Details())
            .WithSummary("How far a scan is, and what it found").Produces<ScanDetails>().Produces<ApiErrorList>(404);
        api.MapDelete("/scans/{id:long}", Stop).WithSummary("Stops a scan").Produces<ScanView>().Produces<ApiErrorList>(404);
    }

    private Created<ScanView> Start(NewScan asked)
    {
        var scan = scanner.Start(asked);
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/scans/{scan.Id}"), scan.View());
    }

    private ScanView Stop([Description(IdDescription)] long id)
    {
        var scan = Find(id);
        scan.Stop();
        return scan.View();
    }

    private AddressScan Find(long id) => scanner.Get(id)
        ?? throw RequestException.NotFound("id", id.ToString(CultureInfo.InvariantCulture), "the id of a scan in /api/scans");
}
