using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;
using OpenStage.Server.Scans;

namespace OpenStage.Server.Pages.ScanPages;

/// <summary>The pages of address scans.</summary>
internal sealed class ScanRoutes(AddressScanner scanner)
{
    public void Map(PageMap map)
    {
        map.Get("/scans", _ => ShowList(FormInput.Empty));
        map.Post("/scans", ScanListModel.Fields, Start, (_, form) => ShowList(form));
        map.Get("/scans/{id}", context => PageMap.Page<ScanPage>(Known(context).Details()));
        map.Post("/scans/{id}/stop", "", Stop);
    }

    private IResult Start(HttpContext context, FormInput form) => Led(scanner.Start(new NewScan(
        form.Text("from"), form.Text("to"), form.Text("network"), form.Number("port", "1 to 65535"), form.Number("perSecond", "1 to 50"))));

    private IResult Stop(HttpContext context, FormInput form)
    {
        var scan = Known(context);
        scan.Stop();
        return Led(scan);
    }

    private RazorComponentResult<ScanListPage> ShowList(FormInput form) =>
        PageMap.Page<ScanListPage>(new ScanListModel([.. scanner.List().Select(scan => scan.View())], form), form);

    private AddressScan Known(HttpContext context)
    {
        var id = PageRequest.Id(context, "scan");
        return scanner.Get(id) ?? throw RequestException.NotFound("scan", id.ToString(CultureInfo.InvariantCulture), "the number of one of the latest scans");
    }

    private static IResult Led(AddressScan scan) => Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/scans/{scan.Id}"));
}
