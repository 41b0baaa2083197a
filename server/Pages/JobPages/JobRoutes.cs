using System.Globalization;
using OpenStage.Server.Jobs;
using OpenStage.Server.Pages.Forms;
using OpenStage.Server.Pages.Parts;

namespace OpenStage.Server.Pages.JobPages;

/// <summary>The pages of jobs.</summary>
internal sealed class JobRoutes(ProvisioningServer server)
{
    private const int PageSize = 50;
    private const int ItemsShown = 500;

    public void Map(PageMap map)
    {
        map.Get("/jobs", context => PageMap.Page<JobListPage>(Read(JobQuery.Of(context))));
        map.Get("/jobs/{id}", context => PageMap.Page<JobPage>(Read(Known(context))));
        map.Post("/jobs/{id}/cancel", "back?", CancelAsync);
    }

    private async Task<IResult> CancelAsync(HttpContext context, FormInput form)
    {
        var job = Known(context);
        await server.Jobs.CancelAsync(job.Id);
        return Results.LocalRedirect(IsOurs(form["back"]) ? form["back"] : string.Create(CultureInfo.InvariantCulture, $"/jobs/{job.Id}"));
    }

    /// <summary>Only to lists of ours: the field is text like any other.</summary>
    private static bool IsOurs(string back) => PageRequest.IsLocal(back)
        && (back == "/" || back.StartsWith("/jobs", StringComparison.Ordinal) || back.StartsWith("/phones/", StringComparison.Ordinal));

    private JobListModel Read(JobQuery query) => server.Store.Read(session =>
    {
        var filter = query.Filter();
        var paging = Paging.Of(query.Page, PageSize, session.CountJobs(filter));
        return new JobListModel(query with { Page = paging.Page }, session.Jobs(filter with { Skip = paging.Skip, Top = PageSize }), paging);
    });

    private static JobModel Read(Job job)
    {
        var rows = JobItemRow.Of(job);
        return new JobModel(job, [.. rows.Take(ItemsShown)], rows.Count);
    }

    private Job Known(HttpContext context)
    {
        var id = PageRequest.Id(context, "job");
        return server.Jobs.Get(id) ?? throw RequestException.NotFound("job", id.ToString(CultureInfo.InvariantCulture), "the number of a job");
    }
}
