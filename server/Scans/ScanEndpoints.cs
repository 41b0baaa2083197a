using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Description;

namespace OpenStage.Server.Scans;

/// <summary>Finding phones by asking every address of a range to call.</summary>
internal sealed class ScanEndpoints(AddressScanner scanner)
{
    private const string IdDescription = "Number of the scan";

    public void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/scans").WithTags("scans");
        group.MapPost("", Start).Described("startScan", "Sends a contact-me to each address of a range, so that phones call and are known", 409)
            .Produces<ScanView>(201).Example("""{"network":"127.0.10.0/29","perSecond":10}""");
        group.MapGet("", () => scanner.List().Select(scan => scan.View()).ToList()).Described("listScans", "The latest 20 scans of this node, the newest first");
        group.MapGet("/{id:long}", ([Description(IdDescription)] long id) => Find(id).Details())
            .Described("showScan", "How far a scan is, and what it found", 404).Produces<ScanDetails>();
        group.MapDelete("/{id:long}", Stop).Described("stopScan", "Stops a scan", 404).Produces<ScanView>();
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
