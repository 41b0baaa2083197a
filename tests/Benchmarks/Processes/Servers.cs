namespace OpenStage.Benchmarks.Processes;

/// <summary>The processes that a load is sent to, on the processor that the load leaves to them.</summary>
internal static class Servers
{
    /// <summary>Processor of servers.</summary>
    public const int ServerCore = 0;

    /// <summary>Processor of the load.</summary>
    public const int LoadCore = 1;

    /// <summary>This program.</summary>
    public static string Own => typeof(Servers).Assembly.Location;

    /// <summary>Null where a server cannot have a processor of its own.</summary>
    public static int? CoreOfServer => Pinning.IsPossible && Environment.ProcessorCount > 1 ? ServerCore : null;

    /// <summary>The provisioning server, as it is shipped: its store is on the disk before an answer is sent.</summary>
    /// <param name="folder">Its data folder.</param>
    public static Task<ServedProcess> ProvisioningAsync(BenchRun run, string folder, params string[] more) => ProvisioningAsync(run, run.Options.Server, folder, more);

    /// <summary>Another version of it.</summary>
    public static Task<ServedProcess> BesideAsync(BenchRun run, string assembly, string folder) => ProvisioningAsync(run, assembly, folder, []);

    /// <summary>The provisioning server where it shares all processors with who calls it.</summary>
    public static Task<ServedProcess> SharedAsync(BenchRun run, string folder) =>
        ServedProcess.StartAsync(run.Options.Server, Arguments(folder), null, run.Cancellation);

    private static Task<ServedProcess> ProvisioningAsync(BenchRun run, string assembly, string folder, string[] more) =>
        ServedProcess.StartAsync(assembly, [.. Arguments(folder), .. more], CoreOfServer, run.Cancellation);

    private static string[] Arguments(string folder) => ["--data", folder, "--port", "0", "--secure-port", "0", "--admin-port", "0"];

    /// <summary>The floor: this program as a bare endpoint.</summary>
    public static Task<ServedProcess> BareAsync(BenchRun run) => ServedProcess.StartAsync(
        Own, [BareEndpoint.Verb], CoreOfServer, run.Cancellation);

    /// <summary>The floor of <see cref="SharedAsync"/>, with the server's settings of the runtime.</summary>
    public static Task<ServedProcess> SharedBareAsync(BenchRun run) =>
        ServedProcess.StartAsync(Own, [BareEndpoint.Verb], null, run.Cancellation, like: "OpenStage.Server");

    /// <summary>Keeps the load to its processor, or notes that this cannot be.</summary>
    public static void PinLoad(BenchRun run)
    {
        if (CoreOfServer is null)
            run.Note("This machine cannot give server and load a processor each; both share all.");
        else
            Pinning.PinSelf(LoadCore);
    }
}
