using OpenStage.Server.Devices;
using OpenStage.Server.Jobs;

namespace OpenStage.Server.Pages.Overview;

/// <summary>The first page: how things are, and what needs attention.</summary>
internal sealed class OverviewRoutes(ProvisioningServer server, TimeProvider time)
{
    private const int Shown = 8;
    private const int Searched = 100;

    private static readonly TimeSpan Lately = TimeSpan.FromDays(1);

    public void Map(PageMap map) => map.Get("/", _ => PageMap.Page<OverviewPage>(Read()));

    private OverviewModel Read() => server.Store.Read(session =>
    {
        var since = time.GetUtcNow() - Lately;
        var failed = new[] { JobState.Failed, JobState.PartlyFailed, JobState.Expired }
            .SelectMany(state => session.Jobs(new JobFilter { State = state, Top = Searched }))
            .Where(job => job.History.Count > 0 && job.History[^1].At >= since)
            .OrderByDescending(job => job.History[^1].At).ToList();
        return new OverviewModel
        {
            Phones = session.CountDevices(new DeviceFilter()),
            Seen = session.CountDevices(new DeviceFilter { SeenSince = since }),
            Unreachable = session.CountDevices(new DeviceFilter { Unreachable = true }),
            OpenJobs = session.CountJobs(new JobFilter { IsOver = false }),
            Failed = failed,
            UnreachablePhones = session.Devices(new DeviceFilter { Unreachable = true, Order = DeviceOrder.LastSeen, Descending = true, Top = Shown }),
            Observations = ObservationKind.Of(server.Observations.All, Shown),
            Jobs = session.Jobs(new JobFilter { Top = Shown }),
            Firmwares = session.CountByFirmware(),
            PhoneUrl = server.PhoneUrl,
        };
    });
}
