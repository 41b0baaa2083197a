namespace OpenStage.Benchmarks.Processes;

/// <summary>The processes that a load is sent to, on the processor that the load leaves to them.</summary>
internal static class Servers
{
    /// <summary>Processor of servers.</summary>
    public const int ServerCore = 0;

    /// <summary>Processor of the load.</summary>
    public const int LoadCore = 1;

    /// <summary>Null where a server cannot have a processor of its own.</summary>
    public static int? CoreOfServer => Pinning.IsPossible && Environment.ProcessorCount > 1 ? ServerCore : null;

    /// <summary>The provisioning server, as it is shipped: its store is on the disk before an answer is sent.</summary>
    /// <param name="folder">Its data folder.</param>
    public static Task<ServedProcess> ProvisioningAsync(BenchRun run, string folder, params string[] more) => ProvisioningAsync(run, run.Options.Server, folder, more);

    /// <summary>Another version of it.</summary>
    public static Task<ServedProcess> BesideAsync(BenchRun run, string assembly, string folder) => ProvisioningAsync(run, assembly, folder, []);

    private static Task<ServedProcess> ProvisioningAsync(BenchRun run, string assembly, string folder, string[] more) => ServedProcess.StartAsync(
        assembly,
        ["--data", folder, "--port", "0", "--secure-port", "0", "--admin-port", "0", .. more],
        CoreOfServer, run.Cancellation);

    /// <summary>The floor: this program as a bare endpoint.</summary>
    public static Task<ServedProcess> BareAsync(BenchRun run) => ServedProcess.StartAsync(
        typeof(Servers).Assembly.Location, [BareEndpoint.Verb], CoreOfServer, run.Cancellation);

    /// <summary>Keeps the load to its processor, or notes that this cannot be.</summary>
    public static void PinLoad(BenchRun run)
    {
        if (CoreOfServer is null)
            run.Note("This machine cannot give server and load a processor each; both share all.");
        else
            Pinning.PinSelf(LoadCore);
    }
}
