using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenStage.Server.Admin;
using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;
using OpenStage.Server.Pages.PhonePages;
using OpenStage.Server.Polling;

namespace OpenStage.Server.Pages.PollingPages;

/// <summary>The page of how a phone polls.</summary>
internal sealed class PollingRoutes(ProvisioningServer server)
{
    private const string UsualInterval = "60";

    private readonly PollingEndpoints work = new(server);

    public void Map(PageMap map)
    {
        map.Get("/phones/{mac}/polling", context => Show(context, null));
        map.Post("/phones/{mac}/polling", PollingModel.Fields, SetAsync, Show);
        map.Post("/phones/{mac}/polling/end", "", EndAsync);
    }

    private async Task<IResult> SetAsync(HttpContext context, FormInput form)
    {
        var told = await work.SetAsync(PageRequest.Mac(context), new NewPolling(form["url"], form.Number("intervalSeconds", "10 to 86400")));
        return Led(told.Value);
    }

    private async Task<IResult> EndAsync(HttpContext context, FormInput form) => Led((await work.EndAsync(PageRequest.Mac(context))).Value);

    /// <summary>To the job that tells the phone.</summary>
    private static IResult Led(JobView? job) => Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/jobs/{job!.Id}"));

    private RazorComponentResult<PollingPage> Show(HttpContext context, FormInput? sent)
    {
        var mac = PageRequest.Mac(context);
        var head = server.Store.Read(session => PhoneRoutes.Head(session, mac));
        var polling = head.Phone.Polling;
        var form = sent ?? new FormInput(new Dictionary<string, string>
        {
            ["url"] = polling?.Url ?? server.PollUrl?.ToString() ?? "",
            ["intervalSeconds"] = polling?.IntervalSeconds.ToString(CultureInfo.InvariantCulture) ?? UsualInterval,
        });
        return PageMap.Page<PollingPage>(new PollingModel(head, form, server.PollUrl?.ToString()), form);
    }
}
