using OpenStage.Harness.Reports;
using OpenStage.Harness.ServiceSuite;
using OpenStage.Harness.Sessions;

namespace OpenStage.Lab;

/// <summary>
/// The server suite against services with faults: each case has to fail on the faults that it says it catches, and to
/// pass on the same service without any.
/// </summary>
public static class ServerSelfTest
{
    /// <summary>Id of the service without a fault.</summary>
    public const string NoFault = "no-fault";

    private static readonly string[] Macs = [.. Enumerable.Range(1, 8).Select(number => $"00:1A:E8:FE:00:0{number}")];

    /// <summary>Runs every pair, and every case without a fault; the id of a result's service is the fault's name or <see cref="NoFault"/>.</summary>
    /// <param name="cases">The cases to look at.</param>
    /// <param name="progress">Told of the number of cases to run, and of each result.</param>
    public static SuiteOutcome Run(IReadOnlyList<CaseInfo> cases, int seed, Action<int, CaseInfo, ResultEntry>? progress, CancellationToken cancellation)
    {
        var own = OwnService.StartAsync(TimeProvider.System, cancellation).GetAwaiter().GetResult();
        try
        {
            var faulty = own.WithEveryFault();
            var lab = faulty with { Seed = seed, Services = [own.Entry(NoFault, Macs), .. faulty.Services] };
            var chosen = cases.Select(info => info.Id).ToHashSet();
            return SuiteRunner.Run(lab, (info, service) => chosen.Contains(info.Id) && (service == NoFault || info.Catches.Contains(service)), progress, cancellation);
        }
        finally
        {
            own.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
